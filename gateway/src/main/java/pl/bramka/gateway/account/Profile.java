package pl.bramka.gateway.account;

/**
 * The customer as a person.
 *
 * @param firstName first name, possibly empty
 * @param lastName last name, possibly empty
 * @param fullName how to address them
 */
public record Profile(String firstName, String lastName, String fullName) {

	/** A name must not end up in a log. */
	@Override
	public String toString() {
		return "Profile";
	}

}
