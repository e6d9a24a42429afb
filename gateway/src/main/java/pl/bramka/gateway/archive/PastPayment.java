package pl.bramka.gateway.archive;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.paging.Cursor;
import pl.bramka.gateway.payments.Payment;

/**
 * A payment in the archive.
 *
 * @param id of a payment that was made here, to ask for it; absent otherwise
 * @param channel where it was made
 * @param state how far it is; what billing booked is paid
 * @param amount what was paid of the documents
 * @param fee what the operator took on top; absent if it was not made here
 * @param on the day it was paid, or begun, by the calendar of Europe/Warsaw
 * @param description how it was paid, in billing's words; absent if billing says nothing
 * @param documents what was paid; may be empty for an advance payment
 * @param key tells it from others of that day
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PastPayment(@Nullable String id, Channel channel, Payment.State state, Money amount, @Nullable Money fee,
		LocalDate on, @Nullable String description, List<PaidDocument> documents, @JsonIgnore String key) {

	static final Comparator<PastPayment> NEWEST_FIRST = Comparator.comparing(PastPayment::on)
		.thenComparing(PastPayment::key)
		.reversed();

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	/**
	 * Where a payment was made.
	 */
	enum Channel {

		/** Through this gateway: in the app, or by a link from it. */
		APP,

		/** Any other way: a transfer, direct debit, the portal, a post office. */
		OTHER

	}

	/**
	 * A document of a payment.
	 *
	 * @param id the document's number
	 * @param amount what was paid of it
	 */
	record PaidDocument(String id, Money amount) {
	}

	static PastPayment of(Payment payment) {
		LocalDate day = LocalDate.ofInstant((payment.paidAt() != null) ? payment.paidAt() : payment.createdAt(),
				WARSAW);
		return new PastPayment(payment.id(), Channel.APP, payment.state(), payment.amount(), payment.fee(), day, null,
				payment.documents()
					.stream()
					.map((document) -> new PaidDocument(document.id(), document.amount()))
					.toList(),
				"A" + payment.id());
	}

	static PastPayment of(BookedPayment booked) {
		return new PastPayment(null, Channel.OTHER, Payment.State.PAID, booked.amount(), null, booked.on(),
				booked.description(), booked.documents(), "B" + booked.id());
	}

	Cursor cursor() {
		return new Cursor(this.on, this.key);
	}

	/** Whether a page that begins after the cursor has it. */
	boolean isAfter(Cursor cursor) {
		int days = this.on.compareTo(cursor.on());
		return days < 0 || (days == 0 && this.key.compareTo(cursor.id()) < 0);
	}

}
