package pl.bramka.gateway.claims;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The documents of one customer that payments have taken.
 *
 * @param byDocument what each was taken for, by the document's number
 * @param known false if nobody could say: then any document may be taken
 */
public record ClaimedDocuments(Map<String, Claim> byDocument, boolean known) {

	/** Nobody could say. */
	static final ClaimedDocuments UNKNOWN = new ClaimedDocuments(Map.of(), false);

	/**
	 * What a document was taken for.
	 * @param invoiceId the document's number
	 * @return nothing if it is free; {@link Claim#ONGOING} also if nobody could say
	 */
	public @Nullable Claim of(String invoiceId) {
		return this.known ? this.byDocument.get(invoiceId) : Claim.ONGOING;
	}

}
