package pl.bramka.gateway.readingrules;

import java.math.BigDecimal;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What somebody read on a register.
 *
 * @param register the register's number on its meter
 * @param value what it shows, in its unit
 */
public record ReadValue(@NotBlank @Size(max = 20) @Schema(example = "001") String register,
		@NotNull @Digits(integer = 12, fraction = 12) @Schema(example = "18400") BigDecimal value) {
}
