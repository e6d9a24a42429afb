package pl.bramka.mocks.billing;

import java.util.List;
import java.util.stream.Stream;

import pl.bramka.mocks.personas.AccountType;
import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.ContractAccount;
import pl.bramka.mocks.personas.Medium;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.personas.Premise;
import pl.bramka.mocks.sap.Filter;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.SapFault;
import pl.bramka.mocks.sap.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who the customers are, what they have, and how they want their invoices.
 */
final class Customers {

	/** Category of the preference: how invoices are delivered. */
	private static final String INVOICES = "UMCB";

	private static final String PAPER = "STND";

	private static final String PAPERLESS = "NONE";

	final Table accounts;

	final Table contractAccounts;

	final Table contracts;

	final Table premises;

	final Table preferences;

	Customers(Personas personas) {
		List<Persona> all = personas.all();
		this.accounts = new Table(all.stream().map(Customers::account).toList());
		this.contractAccounts = new Table(all.stream().flatMap(Customers::contractAccounts).toList());
		this.contracts = new Table(all.stream().flatMap(Customers::contracts).toList());
		this.premises = new Table(all.stream()
			.flatMap((persona) -> persona.contracts().stream())
			.map(Contract::premise)
			.distinct()
			.map(Customers::premise)
			.toList());
		this.preferences = new Table(all.stream()
			.flatMap((persona) -> persona.contractAccounts().stream())
			.map(Customers::preference)
			.toList());
	}

	/** Replaces one preference; only the two known methods are accepted. */
	void prefer(Row preference, ObjectNode body) {
		JsonNode method = body.path("CommunicationMethodID");
		if (!method.isString() || !List.of(PAPER, PAPERLESS).contains(method.stringValue())) {
			throw SapFault.business("EL/209", "Nieznany sposób komunikacji", "CommunicationMethodID");
		}
		this.preferences.change(Filter.equal("ContractAccountID", preference.text("ContractAccountID")),
				(row) -> row.with("CommunicationMethodID", method.stringValue()));
	}

	/** The contract account of that id; an unknown one is a mistake of the caller. */
	Row contractAccount(String id) {
		return this.contractAccounts.matching(Filter.equal("ContractAccountID", id))
			.stream()
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no contract account " + id));
	}

	void reset() {
		this.preferences.reset();
	}

	private static Row account(Persona persona) {
		boolean person = persona.accountType() == AccountType.PERSON;
		return Row.of("AccountID", persona.accountId(), "AccountTypeID", person ? "1" : "2", "FirstName",
				person ? persona.firstName() : "", "LastName", person ? persona.lastName() : "", "FullName",
				persona.fullName(), "LanguageISO2", "PL", "ZZCustomerSegment", person ? "B2C" : "B2B");
	}

	private static Stream<Row> contractAccounts(Persona persona) {
		return persona.contractAccounts()
			.stream()
			.map((account) -> Row.of("ContractAccountID", account.id(), "AccountID", persona.accountId(), "Description",
					account.description(), "IncomingPaymentMethodID", "", "ZZDunningLevel", "00"));
	}

	private static Stream<Row> contracts(Persona persona) {
		return persona.contractAccounts()
			.stream()
			.flatMap((account) -> account.contracts().stream().map((contract) -> contract(account, contract)));
	}

	private static Row contract(ContractAccount account, Contract contract) {
		return Row.of("ContractID", contract.id(), "ContractAccountID", account.id(), "DivisionID",
				(contract.medium() == Medium.ELECTRICITY) ? "01" : "02", "PremiseID", contract.premise().id(),
				"Description", contract.description(), "MoveInDate", contract.since(), "MoveOutDate", null, "ZZRegion",
				"PL-24");
	}

	private static Row premise(Premise premise) {
		return Row.of("PremiseID", premise.id(), "AddressInfo",
				Row.of("City", premise.city(), "PostalCode", premise.postalCode(), "Street", premise.street(),
						"HouseNo", premise.houseNo(), "RoomNo", (premise.roomNo() != null) ? premise.roomNo() : "",
						"ShortForm", premise.shortForm()));
	}

	private static Row preference(ContractAccount account) {
		return Row.of("ContractAccountID", account.id(), "CommunicationCategoryID", INVOICES, "CommunicationMethodID",
				account.eInvoice() ? PAPERLESS : PAPER);
	}

}
