package pl.bramka.mocks.personas;

import org.jspecify.annotations.Nullable;

/**
 * A place with an address.
 *
 * @param id the PremiseID, with leading zeros
 * @param city city
 * @param postalCode postal code, {@code 00-000}
 * @param street street
 * @param houseNo number of the house
 * @param roomNo number of the flat, absent for a house
 */
public record Premise(String id, String city, String postalCode, String street, String houseNo,
		@Nullable String roomNo) {

	/** The address on one line. */
	public String shortForm() {
		String number = (this.roomNo != null) ? this.houseNo + "/" + this.roomNo : this.houseNo;
		return this.street + " " + number + ", " + this.postalCode + " " + this.city;
	}

}
