package pl.bramka.mocks.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import pl.bramka.mocks.personas.ContractAccount;
import pl.bramka.mocks.personas.Document;
import pl.bramka.mocks.personas.DocumentKind;
import pl.bramka.mocks.personas.DocumentStatus;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.Filter;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.Table;

/**
 * What is owed and what was paid.
 */
final class Ledger {

	private static final int DAYS_TO_PAY = 14;

	final Table invoices;

	final Table payments;

	final Table paymentItems;

	final Table contractAccountBalances;

	final Table accountBalances;

	private final AtomicInteger booked = new AtomicInteger();

	private final AtomicInteger made = new AtomicInteger();

	Ledger(Personas personas) {
		List<Row> invoices = new ArrayList<>();
		List<Row> payments = new ArrayList<>();
		List<Row> items = new ArrayList<>();
		for (Persona persona : personas.all()) {
			for (ContractAccount account : persona.contractAccounts()) {
				for (Document document : account.documents()) {
					Row invoice = Postings.invoice(persona.accountId(), account.id(), document);
					invoices.add(invoice);
					if (document.paid() != null) {
						payments.add(Postings.payment(invoice, document.paid()));
						items.add(Postings.item(invoice));
					}
				}
			}
		}
		this.invoices = new Table(invoices);
		this.payments = new Table(payments);
		this.paymentItems = new Table(items);
		this.accountBalances = new Table(
				personas.all().stream().map((persona) -> balance("AccountID", persona.accountId())).toList());
		this.contractAccountBalances = new Table(personas.all()
			.stream()
			.flatMap((persona) -> persona.contractAccounts().stream())
			.map((account) -> balance("ContractAccountID", account.id()))
			.toList());
	}

	/** Makes an open document and answers its id. */
	String add(Row contractAccount, DocumentKind kind, long grosze, LocalDate issued) {
		String id = String.format(Locale.ROOT, "0009%08d", this.made.incrementAndGet());
		Document document = new Document(id, kind, grosze, issued, issued.plusDays(DAYS_TO_PAY), "Faktura VAT",
				"Nowy dokument", null, DocumentStatus.OPEN);
		Row invoice = Postings.invoice(contractAccount.text("AccountID"), contractAccount.text("ContractAccountID"),
				document);
		this.invoices.add(invoice);
		refresh(invoice);
		return id;
	}

	/** Settles a document in full; one that is settled stays as it is. */
	void pay(String invoiceId, LocalDate day) {
		Row invoice = invoice(invoiceId);
		if (invoice.text("InvoiceStatusID").equals(Postings.PAID)) {
			return;
		}
		this.payments.add(Postings.payment(invoice, day));
		this.paymentItems.add(Postings.item(invoice));
		settle(invoice);
	}

	/**
	 * Settles the documents of an order of the payment operator: one payment for each
	 * payer number. Documents that are settled stay as they are.
	 */
	void book(String order, List<String> invoiceIds, LocalDate day) {
		Map<String, List<Row>> byPayer = invoiceIds.stream()
			.map(this::invoice)
			.filter((invoice) -> !invoice.text("InvoiceStatusID").equals(Postings.PAID))
			.collect(Collectors.groupingBy((invoice) -> invoice.text("ContractAccountID"), TreeMap::new,
					Collectors.toList()));
		byPayer.values().forEach((invoices) -> {
			String id = String.format(Locale.ROOT, "06%010d", this.booked.incrementAndGet());
			BigDecimal amount = invoices.stream()
				.map((invoice) -> invoice.decimal("AmountDue"))
				.reduce(BigDecimal.ZERO, BigDecimal::add);
			this.payments.add(Postings.collected(id, invoices.getFirst(), amount, day, order));
			invoices.forEach((invoice) -> {
				this.paymentItems.add(Postings.item(id, invoice));
				settle(invoice);
			});
		});
	}

	private Row invoice(String invoiceId) {
		return this.invoices.matching(Filter.equal("InvoiceID", invoiceId))
			.stream()
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no document " + invoiceId));
	}

	private void settle(Row invoice) {
		this.invoices.change(Filter.equal("InvoiceID", invoice.text("InvoiceID")),
				(row) -> row.with("AmountPaid", row.decimal("AmountDue"))
					.with("AmountRemaining", BigDecimal.ZERO)
					.with("InvoiceStatusID", Postings.PAID));
		refresh(invoice);
	}

	void reset() {
		List.of(this.invoices, this.payments, this.paymentItems, this.contractAccountBalances, this.accountBalances)
			.forEach(Table::reset);
		this.made.set(0);
		this.booked.set(0);
	}

	private void refresh(Row invoice) {
		String account = invoice.text("AccountID");
		String contractAccount = invoice.text("ContractAccountID");
		this.accountBalances.change(Filter.equal("AccountID", account), (row) -> balance("AccountID", account));
		this.contractAccountBalances.change(Filter.equal("ContractAccountID", contractAccount),
				(row) -> balance("ContractAccountID", contractAccount));
	}

	private Row balance(String property, String id) {
		List<BigDecimal> open = this.invoices.matching(Filter.equal(property, id))
			.stream()
			.map((invoice) -> invoice.decimal("AmountRemaining"))
			.toList();
		BigDecimal debits = open.stream()
			.filter((amount) -> amount.signum() > 0)
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		BigDecimal credits = open.stream()
			.filter((amount) -> amount.signum() < 0)
			.reduce(BigDecimal.ZERO, BigDecimal::add);
		return Row.of(property, id, "CurrentBalance", debits.add(credits), "OpenDebits", debits, "OpenCredits",
				credits.negate(), "Currency", "PLN");
	}

}
