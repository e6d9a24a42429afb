package pl.bramka.gateway.premises;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A place that is delivered to.
 *
 * @param address the whole address on one line, as it stands on a letter
 * @param city the city or village
 * @param postalCode its postal code
 * @param street the street; absent where there are none
 * @param houseNo the number of the house; absent if it has none
 * @param roomNo the number of the flat; absent for a house
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Premise(@Schema(example = "Kwiatowa 9/2, 30-001 Kraków") String address,
		@Schema(example = "Kraków") String city, @Schema(example = "30-001") String postalCode,
		@Schema(example = "Kwiatowa") @Nullable String street, @Schema(example = "9") @Nullable String houseNo,
		@Schema(example = "2") @Nullable String roomNo) {

	/** An address must not end up in a log. */
	@Override
	public String toString() {
		return "Premise";
	}

}
