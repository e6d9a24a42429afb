package pl.bramka.mocks.crm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.ContractAccount;
import pl.bramka.mocks.personas.Medium;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.sap.Row;

/**
 * What was sold to whom, and for which point of delivery.
 */
final class Sales {

	private Sales() {
	}

	static List<Row> items(List<Persona> personas) {
		List<Row> rows = new ArrayList<>();
		for (Persona persona : personas) {
			for (ContractAccount account : persona.contractAccounts()) {
				account.contracts().forEach((contract) -> rows.add(item(persona, account, contract)));
			}
		}
		return rows;
	}

	static List<Row> products(List<Persona> personas) {
		return contracts(personas).stream()
			.map(Contract::product)
			.distinct()
			.map((product) -> Row.of("ProductID", product.id(), "Description", product.description(), "ZZProductFamily",
					product.id().substring(0, 2)))
			.toList();
	}

	static List<Row> attributes(List<Persona> personas) {
		List<Row> rows = new ArrayList<>();
		for (Contract contract : contracts(personas)) {
			rows.add(attribute(contract, "CONTRACT_TYPE", contract.type().name()));
			if (contract.priceGuaranteeUntil() != null) {
				rows.add(attribute(contract, "PRICE_GUARANTEE_UNTIL", contract.priceGuaranteeUntil().toString()));
			}
			rows.add(attribute(contract, "TELERACHUNEK", contract.telerachunek() ? "X" : ""));
			rows.add(attribute(contract, "TARIFF", contract.tariff()));
		}
		return rows;
	}

	static List<Row> points(List<Persona> personas) {
		return contracts(personas).stream()
			.map((contract) -> Row.of("PointOfDeliveryID", pointId(contract), "ExternalID", contract.ppe()))
			.toList();
	}

	private static Row item(Persona persona, ContractAccount account, Contract contract) {
		return Row.of("ContractID", contract.id(), "Description", contract.description(), "ContractStartDate",
				contract.since(), "ContractEndDate", null, "AccountID", persona.accountId(), "BusinessAgreementID",
				account.id(), "ProductID", contract.product().id(), "DivisionID",
				(contract.medium() == Medium.ELECTRICITY) ? "01" : "02", "PointOfDeliveryGUID", pointId(contract),
				"PremiseID", contract.premise().id(), "MeterNumber", contract.meters().getFirst().serialNumber(),
				"ZZCampaign", "");
	}

	private static Row attribute(Contract contract, String id, String value) {
		return Row.of("ContractID", contract.id(), "AttributeID", id, "Value", value);
	}

	/** The same point of delivery has the same id at every start. */
	private static String pointId(Contract contract) {
		return UUID.nameUUIDFromBytes(contract.ppe().getBytes(StandardCharsets.UTF_8)).toString();
	}

	private static List<Contract> contracts(List<Persona> personas) {
		return personas.stream().flatMap((persona) -> persona.contracts().stream()).toList();
	}

}
