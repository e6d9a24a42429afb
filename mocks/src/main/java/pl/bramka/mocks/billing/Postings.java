package pl.bramka.mocks.billing;

import java.math.BigDecimal;
import java.time.LocalDate;

import pl.bramka.mocks.personas.Document;
import pl.bramka.mocks.personas.DocumentKind;
import pl.bramka.mocks.personas.DocumentStatus;
import pl.bramka.mocks.sap.Row;

/**
 * How billing writes a document and its payment.
 */
final class Postings {

	/** InvoiceStatusID of a document that is settled. */
	static final String PAID = "9";

	private Postings() {
	}

	static Row invoice(String accountId, String contractAccountId, Document document) {
		BigDecimal due = BigDecimal.valueOf(document.amount(), 2);
		boolean paid = document.status() == DocumentStatus.PAID;
		return Row.of("InvoiceID", document.id(), "AccountID", accountId, "ContractAccountID", contractAccountId,
				"AmountDue", due, "AmountPaid", paid ? due : BigDecimal.ZERO, "AmountRemaining",
				paid ? BigDecimal.ZERO : due, "Currency", "PLN", "DueDate", document.due(), "InvoiceDate",
				document.issued(), "InvoiceDescription", document.description(), "InvoiceStatusID",
				status(document.status()), "InvoiceText", document.text(), "ZZDocumentKind", kind(document.kind()),
				"ZZPrintLot", "L-" + document.id());
	}

	static Row payment(Row invoice, LocalDate day) {
		return Row.of("PaymentDocumentID", paymentId(invoice), "AccountID", invoice.text("AccountID"),
				"ContractAccountID", invoice.text("ContractAccountID"), "ExecutionDate", day, "Amount",
				invoice.decimal("AmountDue"), "Currency", "PLN", "PaymentStatusID", "02", "PaymentMethodDescription",
				"Przelew bankowy", "ZZExternalReference", "");
	}

	/** What the payment operator collected for one payer number. */
	static Row collected(String id, Row invoice, BigDecimal amount, LocalDate day, String order) {
		return Row.of("PaymentDocumentID", id, "AccountID", invoice.text("AccountID"), "ContractAccountID",
				invoice.text("ContractAccountID"), "ExecutionDate", day, "Amount", amount, "Currency", "PLN",
				"PaymentStatusID", "02", "PaymentMethodDescription", "Płatność internetowa", "ZZExternalReference",
				order);
	}

	static Row item(Row invoice) {
		return item(paymentId(invoice), invoice);
	}

	static Row item(String paymentId, Row invoice) {
		return Row.of("PaymentDocumentID", paymentId, "InvoiceID", invoice.text("InvoiceID"), "Amount",
				invoice.decimal("AmountDue"), "Currency", "PLN");
	}

	private static String paymentId(Row invoice) {
		return "05" + invoice.text("InvoiceID").substring(2);
	}

	private static String status(DocumentStatus status) {
		return switch (status) {
			case OPEN -> "1";
			case AUTOMATIC_COLLECTION -> "3";
			case PAID -> PAID;
		};
	}

	private static String kind(DocumentKind kind) {
		return switch (kind) {
			case INVOICE -> "FV";
			case CORRECTION -> "KO";
			case INTEREST_NOTE -> "NO";
			case FORECAST -> "PR";
		};
	}

}
