package pl.bramka.gateway.operator;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.regex.Pattern;

import pl.bramka.gateway.money.Money;

/**
 * What the operator says of attempts to pay, in a notification as in the answer to a
 * question: their fields in the order of the contract, between and behind which it may
 * say more.
 *
 * @param service of which of our services
 * @param document as received
 */
record TransactionList(String service, Element document) {

	/**
	 * A notification holds as many at the most; so many attempts of one order are none.
	 */
	private static final int MOST = 100;

	private static final ZoneId OPERATORS = ZoneId.of("Europe/Warsaw");

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMddHHmmss")
		.withResolverStyle(ResolverStyle.STRICT);

	/** Those of a transaction that we read. */
	private static final List<String> FIELDS = List.of("orderID", "remoteID", "amount", "currency", "paymentDate",
			"paymentStatus", "startAmount");

	/** Of an order, and of an attempt. */
	static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9_-]{1,32}");

	private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}\\.[0-9]{2}");

	/**
	 * Reads one, without looking whether it is signed.
	 * @throws Element.Unreadable if it is none
	 */
	static TransactionList of(byte[] bytes) {
		Element document = Element.read(bytes);
		List<String> parts = document.inner().stream().map(Element::name).toList();
		if (!document.name().equals("transactionList") || !parts.equals(List.of("serviceID", "transactions", "hash"))) {
			throw new Element.Unreadable("no transactionList");
		}
		return new TransactionList(document.required("serviceID"), document);
	}

	boolean isSignedWith(SharedKey key) {
		return this.document.isSignedWith(key);
	}

	/** One or none for each attempt, in the operator's order. */
	List<Transaction> transactions() {
		List<Element> all = this.document.inner().get(1).inner();
		if (all.size() > MOST || !all.stream().allMatch((each) -> each.name().equals("transaction"))) {
			throw new Element.Unreadable("no transactions");
		}
		return all.stream().map(Transaction::new).toList();
	}

	/**
	 * One of them.
	 *
	 * @param fields what it says
	 */
	record Transaction(Element fields) {

		/** Our number of the order. */
		String orderId() {
			return number(this.fields, "orderID");
		}

		/**
		 * What it says.
		 * @param bearer who bears the fee of the service
		 */
		Attempt attempt(FeeBearer bearer) {
			List<String> known = this.fields.inner().stream().map(Element::name).filter(FIELDS::contains).toList();
			if (!known.equals(FIELDS.stream().filter(known::contains).toList())) {
				// The signature holds the texts in their order and not their names.
				throw new Element.Unreadable("fields in another order");
			}
			String paid = this.fields.required("amount");
			return new Attempt(orderId(), bearer, number(this.fields, "remoteID"),
					status(this.fields.required("paymentStatus")),
					money(this.fields.text("startAmount").orElse(paid), this.fields.required("currency")),
					at(this.fields.required("paymentDate")));
		}

	}

	private static String number(Element transaction, String field) {
		String number = transaction.required(field);
		if (!NUMBER.matcher(number).matches()) {
			throw new Element.Unreadable("no number");
		}
		return number;
	}

	private static Attempt.Status status(String status) {
		return switch (status) {
			case "PENDING" -> Attempt.Status.PENDING;
			case "SUCCESS" -> Attempt.Status.SUCCESS;
			case "FAILURE" -> Attempt.Status.FAILURE;
			default -> throw new Element.Unreadable("no status");
		};
	}

	private static Money money(String amount, String currency) {
		if (!AMOUNT.matcher(amount).matches()) {
			throw new Element.Unreadable("no amount");
		}
		try {
			return Money.ofDecimal(amount, currency);
		}
		catch (IllegalArgumentException ex) {
			throw new Element.Unreadable("no currency");
		}
	}

	private static Instant at(String date) {
		try {
			return LocalDateTime.parse(date, DATE).atZone(OPERATORS).toInstant();
		}
		catch (DateTimeException ex) {
			throw new Element.Unreadable("no date");
		}
	}

}
