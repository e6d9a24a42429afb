package pl.bramka.mocks.billing;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.faults.FaultPlayer;
import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.DocumentKind;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.FunctionImport;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.SapFault;
import pl.bramka.mocks.sap.SapSystem;

/**
 * Billing and metering.
 */
public final class Billing implements FaultPlayer {

	/** Everything billing answers lies below this path. */
	public static final String BASE_PATH = "/sap/opu/odata/sap/ERP_UTILITIES_UMC/";

	private static final int LARGE_PDF = 20_000_000;

	private final Personas personas;

	private final Clock clock;

	private final Customers customers;

	private final Ledger ledger;

	private final Metering metering;

	private final Readings readings;

	private final SapSystem system;

	/**
	 * Billing as these personas left it.
	 * @param personas its customers
	 * @param clock tells which day today is, for readings and new documents
	 */
	public Billing(Personas personas, Clock clock) {
		this.personas = personas;
		this.clock = clock;
		this.customers = new Customers(personas);
		this.ledger = new Ledger(personas);
		this.metering = new Metering(personas);
		this.readings = new Readings(this.metering, this.ledger, this.customers, this::today);
		this.system = new SapSystem("ERP_UTILITIES_UMC", clock,
				new BillingSets(this.customers, this.ledger, this.metering, this.readings,
						Consumption.rows(personas, today()), HourlyCurve.all(personas, today()))
					.all(),
				List.of(new FunctionImport("GetCurrentBillingPeriod", "ContractID", false, this::billingPeriod)));
	}

	@Override
	public ResponseDefinition answer(Request request) {
		return this.system.answer(request);
	}

	@Override
	public ResponseDefinition answer(Request request, FaultKind kind) {
		ResponseDefinition usual = answer(request);
		byte[] body = usual.getByteBody();
		return (kind == FaultKind.LARGE_PDF && InvoicePdf.isOne(body))
				? ResponseDefinitionBuilder.like(usual).withBody(InvoicePdf.padded(body, LARGE_PDF)).build() : usual;
	}

	@Override
	public void reset() {
		this.customers.reset();
		this.ledger.reset();
		this.metering.reset();
		this.readings.reset();
		this.system.reset();
	}

	/**
	 * Makes a new open document, as a billing run would.
	 * @param contractAccountId the payer number it is for
	 * @param kind what it is
	 * @param grosze its amount
	 * @param issued its date
	 * @return its InvoiceID
	 */
	public String addInvoice(String contractAccountId, DocumentKind kind, long grosze, LocalDate issued) {
		String id = this.ledger.add(this.customers.contractAccount(contractAccountId), kind, grosze, issued);
		this.system.changed();
		return id;
	}

	/** Makes a new open invoice of today. */
	public String addInvoice(String contractAccountId, long grosze) {
		return addInvoice(contractAccountId, DocumentKind.INVOICE, grosze, today());
	}

	/** Settles a document in full, as if its payment had arrived today. */
	public void pay(String invoiceId) {
		this.ledger.pay(invoiceId, today());
		this.system.changed();
	}

	/**
	 * How often a reading of a meter was taken in since the start or the last reset.
	 * @param deviceId the meter
	 * @return that many, each of all its registers
	 */
	public int readingsTaken(String deviceId) {
		return this.readings.taken(deviceId);
	}

	/**
	 * Has the network's operator read a meter today.
	 * @param deviceId the meter
	 * @param values what its registers show, in their order
	 */
	public void read(String deviceId, List<String> values) {
		this.readings.readByOperator(deviceId, values, today());
		this.system.changed();
	}

	/**
	 * Settles what the payment operator collected, as if its settlement had arrived
	 * today.
	 * @param order the operator's order
	 * @param invoiceIds its documents
	 */
	public void book(String order, List<String> invoiceIds) {
		this.ledger.book(order, invoiceIds, today());
		this.system.changed();
	}

	/** The calendar month of the next planned reading. */
	private List<Row> billingPeriod(String contractId) {
		Contract contract = this.personas.all()
			.stream()
			.flatMap((persona) -> persona.contracts().stream())
			.filter((one) -> one.id().equals(contractId))
			.findFirst()
			.orElseThrow(() -> SapFault.absent("Contract"));
		LocalDate start = contract.meters().getFirst().nextRead().withDayOfMonth(1);
		return List.of(Row.of("StartDate", start, "EndDate", start.plusMonths(1).minusDays(1)));
	}

	private LocalDate today() {
		return LocalDate.now(this.clock.withZone(Personas.WARSAW));
	}

}
