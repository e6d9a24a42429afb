package pl.bramka.gateway.consumption;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.consumption.ConsumptionChart.Stretch;
import pl.bramka.gateway.meters.Zone;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataDate;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * Use as billing tells it. Each value is rounded to three decimals, which is a watt-hour,
 * before anything is summed: a total is what its points come to, to the last digit.
 */
@Component
final class BillingConsumption {

	private static final String MONTHS = "Contracts('{}')/ContractConsumptionValues"
			+ "?$filter=StartDate ge datetime'{}T00:00:00' and StartDate le datetime'{}T00:00:00'";

	private static final String CURVE = "ProfileValues"
			+ "?$filter=ContractID eq '{}' and Timestamp ge datetime'{}' and Timestamp lt datetime'{}'";

	private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
		.withZone(ZoneOffset.UTC);

	private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}(\\.\\d{1,20})?");

	private static final int DECIMALS = 3;

	private final OData billing;

	BillingConsumption(Upstreams upstreams) {
		this.billing = upstreams.billing();
	}

	/**
	 * The months of a contract that billing has accounted for.
	 * @param contractId the contract, which is known to be the customer's
	 * @param days those that a month must begin in
	 */
	Mono<Stretch> months(String contractId, Days days) {
		return this.billing
			.many(ODataQuery.of("consumption-months", MONTHS, contractId, days.first().toString(),
					days.last().toString()), Period.class, (period) -> period.month(contractId, days))
			.map((months) -> Month.joined(months.stream().flatMap(Optional::stream).toList()));
	}

	/**
	 * The curve of a contract's smart meters.
	 * @param contractId the contract, which is known to be the customer's
	 * @param granularity hours, or days
	 * @param days which
	 */
	Mono<Stretch> curve(String contractId, Granularity granularity, Days days) {
		return this.billing
			.many(ODataQuery.of("consumption-curve", CURVE, contractId, UTC.format(days.start()),
					UTC.format(days.end())), ProfileValue.class, (row) -> row.value(contractId, days))
			.map((rows) -> Curve.points(granularity, rows.stream().flatMap(Optional::stream).toList()))
			.map((points) -> new Stretch("kWh", points));
	}

	/** An exponent would let a few bytes stand for a number that fills the memory. */
	private static BigDecimal rounded(String text) {
		if (!DECIMAL.matcher(text).matches()) {
			throw new IllegalArgumentException("not a decimal");
		}
		return new BigDecimal(text).setScale(DECIMALS, RoundingMode.HALF_UP);
	}

	private static void check(boolean good, String otherwise) {
		if (!good) {
			throw new IllegalArgumentException(otherwise);
		}
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Period(@JsonProperty("ContractID") String contractId,
			@JsonProperty("ConsumptionPeriodTypeID") String periodType, @JsonProperty("StartDate") String startDate,
			@JsonProperty("EndDate") String endDate, @JsonProperty("ConsumptionValue") String value,
			@JsonProperty("ConsumptionUnit") String unit, @JsonProperty("MeterReadingCategoryID") String category) {

		/** Nothing of periods of another length: their use is in that of the months. */
		Optional<Month> month(String askedFor, Days days) {
			check(askedFor.equals(this.contractId), "another contract");
			if (!Objects.requireNonNull(this.periodType).equals("MO")) {
				return Optional.empty();
			}
			Days month = new Days(ODataDate.date(this.startDate), ODataDate.date(this.endDate));
			check(!month.isEmpty() && days.has(month.first()), "another time");
			check(!Objects.requireNonNull(this.unit).isBlank(), "no unit");
			return Optional.of(new Month(month, this.unit, isEstimated(), rounded(this.value)));
		}

		/** 01 is read by the network operator, 02 by the customer; others nobody read. */
		private boolean isEstimated() {
			return !Set.of("01", "02").contains(Objects.requireNonNull(this.category));
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record ProfileValue(@JsonProperty("ContractID") String contractId, @JsonProperty("DeviceID") String deviceId,
			@JsonProperty("RegisterID") String registerId, @JsonProperty("ZZRegisterTypeID") String registerType,
			@JsonProperty("Timestamp") String timestamp, @JsonProperty("OutputInterval") String minutes,
			@JsonProperty("UnitOfMeasure") String unit, @JsonProperty("Value") @Nullable String value,
			@JsonProperty("ZZQuality") @Nullable String quality) {

		/** What is used (1), or fed in (2), as active energy (8) in a zone. */
		private static final Pattern TYPE = Pattern.compile("(?:1-\\d:)?([12])\\.8\\.(\\d)");

		/**
		 * Nothing where there is no value, or of a register that counts something else.
		 */
		Optional<Curve.Value> value(String askedFor, Days days) {
			check(askedFor.equals(this.contractId), "another contract");
			Instant hour = ODataDate.instant(this.timestamp);
			check(!hour.isBefore(days.start()) && hour.isBefore(days.end()), "another time");
			check("60".equals(this.minutes) && hour.truncatedTo(ChronoUnit.HOURS).equals(hour), "no hour");
			Matcher type = TYPE.matcher(this.registerType);
			if (this.value == null || this.value.isBlank() || !type.matches()) {
				return Optional.empty();
			}
			check("kWh".equalsIgnoreCase(this.unit), "another unit");
			return Optional.of(new Curve.Value(Objects.requireNonNull(this.deviceId),
					Objects.requireNonNull(this.registerId), type.group(1).equals("2"),
					Zone.of(type.group(2).charAt(0)), hour, "E".equals(this.quality), rounded(this.value)));
		}

	}

}
