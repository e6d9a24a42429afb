package pl.bramka.gateway.account;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The customer as a person.
 *
 * @param firstName first name, possibly empty
 * @param lastName last name, possibly empty
 * @param fullName how to address them
 */
public record Profile(@Schema(example = "Zofia") String firstName, @Schema(example = "Kowal") String lastName,
		@Schema(example = "Zofia Kowal") String fullName) {

	/** A name must not end up in a log. */
	@Override
	public String toString() {
		return "Profile";
	}

}
