package pl.bramka.mocks.personas;

/**
 * What kind of customer an account stands for.
 */
public enum AccountType {

	/** A natural person, AccountTypeID 1. */
	PERSON,

	/** An organisation, AccountTypeID 2. */
	ORGANISATION

}
