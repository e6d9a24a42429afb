package pl.bramka.gateway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.premises.Premise;

/**
 * One contract: what the list shows of it, and more.
 *
 * @param contract what the list shows
 * @param premise where it delivers; absent if billing has no address, or cannot say it at
 * the moment
 * @param pointOfDelivery the number of the point of delivery (PPE), as network operators
 * ask for it: 18 digits, the last of which checks the others. Absent if CRM has no such
 * number, or cannot say it at the moment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ContractDetail(@JsonUnwrapped Contract contract, @Nullable Premise premise,
		@Schema(example = "590322400000009013", pattern = "^[0-9]{18}$") @Nullable String pointOfDelivery) {

	/** It leads to a household. */
	@Override
	public String toString() {
		return "ContractDetail";
	}

}
