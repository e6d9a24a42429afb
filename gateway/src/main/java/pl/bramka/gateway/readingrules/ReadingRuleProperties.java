package pl.bramka.gateway.readingrules;

import java.math.BigDecimal;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of what may be read.
 *
 * @param daysEarly how many days before the planned reading a billing reading is taken
 * @param daysLate how many days after it
 * @param factor so many times the average use is still plausible
 * @param allowance in the register's unit: that much more is, however little is used
 * @param leastDays an average over fewer days says nothing
 */
@Validated
@ConfigurationProperties("bramka.reading-rules")
record ReadingRuleProperties(@Min(0) @Max(31) int daysEarly, @Min(0) @Max(31) int daysLate,
		@NotNull @DecimalMin("1") BigDecimal factor, @NotNull @DecimalMin("0") BigDecimal allowance,
		@Min(1) @Max(366) int leastDays) {
}
