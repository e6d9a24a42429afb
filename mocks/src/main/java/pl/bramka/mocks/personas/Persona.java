package pl.bramka.mocks.personas;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * One customer, the same in every pretended system.
 *
 * @param name short name, by which tests and people speak of the persona
 * @param email the user name of the portal account
 * @param password the password of the portal account
 * @param accountId AccountID of billing and CRM, 10 digits
 * @param subject the portal user: {@code sub} of the identity provider
 * @param fullySetUp whether the portal account has no required action pending
 * @param situation what is special about the persona, one English sentence
 * @param accountType person or organisation
 * @param pesel shaped like a PESEL, but of a birth date in the 19th century, so that it
 * belongs to nobody alive; known inside CRM only. Absent for an organisation
 * @param organisationName absent for a person
 * @param firstName first name, of the contact person where it is an organisation
 * @param lastName last name, likewise
 * @param phone mobile phone, with the country
 * @param contractAccounts what the customer has; the id of one is a payer number
 */
public record Persona(String name, String email, String password, String accountId, UUID subject, boolean fullySetUp,
		String situation, AccountType accountType, @Nullable String pesel, @Nullable String organisationName,
		String firstName, String lastName, String phone, List<ContractAccount> contractAccounts) {

	/** The name as it stands on a letter. */
	public String fullName() {
		return (this.organisationName != null) ? this.organisationName : this.firstName + " " + this.lastName;
	}

	/** Every contract, over all contract accounts. */
	public List<Contract> contracts() {
		return this.contractAccounts.stream().flatMap((account) -> account.contracts().stream()).toList();
	}

}
