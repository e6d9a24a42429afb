package pl.bramka.gateway.claims;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The documents of one customer that payments have taken.
 *
 * @param byDocument what each was taken for, by the document's number
 * @param booked those of the paid ones that billing has shown as settled
 * @param known false if nobody could say: then any document may be taken
 */
public record ClaimedDocuments(Map<String, Claim> byDocument, Set<String> booked, boolean known) {

	/** Nobody could say. */
	static final ClaimedDocuments UNKNOWN = new ClaimedDocuments(Map.of(), Set.of(), false);

	/**
	 * What a document was taken for.
	 * @param invoiceId the document's number
	 * @return nothing if it is free; {@link Claim#ONGOING} also if nobody could say
	 */
	public @Nullable Claim of(String invoiceId) {
		return this.known ? this.byDocument.get(invoiceId) : Claim.ONGOING;
	}

	/**
	 * Whether billing has booked what was paid for a document. Then nothing stands in for
	 * billing any more, but who asks billing's older words must not pay it again.
	 * @param invoiceId the document's number
	 * @return false also if it was not paid with us, or nobody could say
	 */
	public boolean booked(String invoiceId) {
		return this.booked.contains(invoiceId);
	}

	/**
	 * Whether a document was paid with us and billing has not shown that yet.
	 * @param invoiceId the document's number
	 * @return false also if nobody could say
	 */
	public boolean awaitsBooking(String invoiceId) {
		return this.byDocument.get(invoiceId) == Claim.PAID && !booked(invoiceId);
	}

}
