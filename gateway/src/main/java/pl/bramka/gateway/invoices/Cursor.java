package pl.bramka.gateway.invoices;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * A position in a list of documents: just after one of them. A new document goes before
 * the position or after it and moves no other, so that a list read page by page shows
 * none twice and misses none.
 *
 * @param issuedOn the date of the last document shown
 * @param id its number
 */
record Cursor(LocalDate issuedOn, String id) {

	private static final int LONGEST = 128;

	static Cursor after(InvoiceSummary invoice) {
		return new Cursor(invoice.issuedOn(), invoice.id());
	}

	/**
	 * Reads a cursor.
	 * @throws Problem {@code invalid-cursor} if this list did not give it out
	 */
	static Cursor of(String text) {
		if (text.length() > LONGEST) {
			throw Problem.of(ProblemCode.INVALID_CURSOR);
		}
		try {
			String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
			int point = plain.indexOf('.');
			Cursor cursor = new Cursor(LocalDate.ofEpochDay(Long.parseLong(plain, 0, Math.max(0, point), 10)),
					plain.substring(point + 1));
			if (cursor.toText().equals(text)) {
				return cursor;
			}
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw Problem.of(ProblemCode.INVALID_CURSOR, ex);
		}
		throw Problem.of(ProblemCode.INVALID_CURSOR);
	}

	/** Opaque to the app. */
	String toText() {
		String plain = this.issuedOn.toEpochDay() + "." + this.id;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
	}

	/** A document at this position, for comparison. */
	Document position() {
		Money nothing = Money.zero("PLN");
		return new Document(this.id, InvoiceSummary.Kind.INVOICE, "", this.issuedOn, null, nothing, nothing, true,
				NotPayable.PAID, null);
	}

}
