package pl.bramka.mocks.billing;

import java.util.ArrayList;
import java.util.List;

import pl.bramka.mocks.sap.EntitySet;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.Rows;
import pl.bramka.mocks.sap.Table;

/**
 * The entity sets of billing and the ways between them.
 */
final class BillingSets {

	private static final String DEVICE = "DeviceID";

	private static final String CONTRACT = "ContractID";

	private static final String CONTRACT_ACCOUNT = "ContractAccountID";

	private static final String INVOICE = "InvoiceID";

	private final List<EntitySet> all = new ArrayList<>();

	BillingSets(Customers customers, Ledger ledger, Metering metering, Readings readings, List<Row> consumption,
			Rows curves) {
		EntitySet devices = devices(metering, readings);
		EntitySet invoices = invoices(ledger);
		EntitySet premises = set("Premises", "Premise", customers.premises, "PremiseID");
		EntitySet values = set("ContractConsumptionValues", "ContractConsumptionValue", new Table(consumption),
				CONTRACT, "ConsumptionPeriodTypeID", "StartDate");
		set("ProfileValues", "ProfileValue", curves, DEVICE, "RegisterID", "Timestamp");
		EntitySet contracts = set("Contracts", "Contract", customers.contracts, CONTRACT)
			.one("Premise", premises, "PremiseID")
			.many("Devices", devices, CONTRACT)
			.many("ContractConsumptionValues", values, CONTRACT);
		set("CommunicationPreferences", "CommunicationPreference", customers.preferences, CONTRACT_ACCOUNT,
				"CommunicationCategoryID")
			.replaces(customers::prefer);
		EntitySet balances = set("ContractAccountBalances", "ContractAccountBalance", ledger.contractAccountBalances,
				CONTRACT_ACCOUNT);
		EntitySet contractAccounts = set("ContractAccounts", "ContractAccount", customers.contractAccounts,
				CONTRACT_ACCOUNT)
			.many("Contracts", contracts, CONTRACT_ACCOUNT)
			.many("Invoices", invoices, CONTRACT_ACCOUNT)
			.one("ContractAccountBalance", balances, CONTRACT_ACCOUNT);
		EntitySet payments = payments(ledger);
		set("Accounts", "Account", customers.accounts, "AccountID")
			.many("ContractAccounts", contractAccounts, "AccountID")
			.many("Invoices", invoices, "AccountID")
			.many("PaymentDocuments", payments, "AccountID")
			.one("AccountBalance", set("AccountBalances", "AccountBalance", ledger.accountBalances, "AccountID"),
					"AccountID");
	}

	List<EntitySet> all() {
		return this.all;
	}

	private EntitySet devices(Metering metering, Readings readings) {
		EntitySet registers = set("RegistersToRead", "RegisterToRead", metering.registers, DEVICE, "RegisterID");
		EntitySet planned = set("FutureMeterReadings", "FutureMeterReading", metering.planned, DEVICE,
				"MeterReadingDate");
		EntitySet results = set("MeterReadingResults", "MeterReadingResult", metering.results, "MeterReadingResultID");
		results.many("DependentMeterReadingResults", results, "MeterReadingResultID", "ZZLeadingResultID")
			.creates(readings::take, "DependentMeterReadingResults");
		return set("Devices", "Device", metering.devices, DEVICE).many("RegistersToRead", registers, DEVICE)
			.many("MeterReadingResults", results, DEVICE)
			.many("FutureMeterReadings", planned, DEVICE);
	}

	private EntitySet invoices(Ledger ledger) {
		EntitySet files = set("InvoicePDFs", "InvoicePDF", ledger.invoices, INVOICE).streams("application/pdf",
				InvoicePdf::of);
		return set("Invoices", "Invoice", ledger.invoices, INVOICE).one("InvoicePDF", files, INVOICE);
	}

	private EntitySet payments(Ledger ledger) {
		EntitySet items = set("PaymentDocumentItems", "PaymentDocumentItem", ledger.paymentItems, "PaymentDocumentID",
				INVOICE);
		return set("PaymentDocuments", "PaymentDocument", ledger.payments, "PaymentDocumentID")
			.many("PaymentDocumentItems", items, "PaymentDocumentID");
	}

	private EntitySet set(String name, String type, Rows rows, String... keys) {
		EntitySet set = new EntitySet(name, type, rows, keys);
		this.all.add(set);
		return set;
	}

}
