package pl.bramka.mocks.personas;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A contract for one medium at one point of delivery.
 *
 * @param id the ContractID, with leading zeros
 * @param description what the customer calls it
 * @param medium electricity or gas
 * @param type what it covers
 * @param tariff tariff group
 * @param product the product that was sold
 * @param priceGuaranteeUntil last day of the price guarantee, absent when there is none
 * @param telerachunek whether the customer reads the meter and is billed for it
 * @param since first day of the contract
 * @param pricePerKwh gross price of a kilowatt-hour in złoty
 * @param ppe point of delivery: 18 digits with a GS1 check digit
 * @param premise where it is
 * @param meters the meters there
 */
public record Contract(String id, String description, Medium medium, ContractType type, String tariff, Product product,
		@JsonProperty("priceGuaranteeUntilInDays") @Nullable LocalDate priceGuaranteeUntil, boolean telerachunek,
		@JsonProperty("sinceInDays") LocalDate since, BigDecimal pricePerKwh, String ppe, Premise premise,
		List<Meter> meters) {

	/**
	 * A product of the utility's price list.
	 *
	 * @param id the ProductID
	 * @param description its name
	 */
	public record Product(String id, String description) {
	}

}
