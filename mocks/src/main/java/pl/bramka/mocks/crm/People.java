package pl.bramka.mocks.crm;

import java.util.List;

import pl.bramka.mocks.personas.AccountType;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Premise;
import pl.bramka.mocks.sap.Row;

/**
 * Accounts and where they live.
 */
final class People {

	private People() {
	}

	static List<Row> accounts(List<Persona> personas) {
		return personas.stream().map((persona) -> {
			boolean person = persona.accountType() == AccountType.PERSON;
			return Row.of("AccountID", persona.accountId(), "AccountTypeID", person ? "1" : "2", "FirstName",
					person ? persona.firstName() : "", "LastName", person ? persona.lastName() : "", "FullName",
					persona.fullName(), "Username", persona.email(), "ZZLoyaltyLevel", "0");
		}).toList();
	}

	/** The address of the first premise is where letters go. */
	static List<Row> addresses(List<Persona> personas) {
		return personas.stream().map((persona) -> {
			Premise home = persona.contracts().getFirst().premise();
			return Row.of("AccountID", persona.accountId(), "AddressID", "0000000001", "AddressInfo",
					Row.of("City", home.city(), "PostalCode", home.postalCode(), "Street", home.street(), "HouseNo",
							home.houseNo(), "RoomNo", (home.roomNo() != null) ? home.roomNo() : "", "ShortForm",
							home.shortForm()));
		}).toList();
	}

}
