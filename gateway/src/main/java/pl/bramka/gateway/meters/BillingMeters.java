package pl.bramka.gateway.meters;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataDate;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * Meters as billing tells them.
 */
@Component
final class BillingMeters {

	private static final String DEVICES = "Contracts('{}')/Devices"
			+ "?$expand=RegistersToRead,MeterReadingResults,FutureMeterReadings";

	private static final String PERIOD = "GetCurrentBillingPeriod?ContractID='{}'";

	/** There are no other amounts in Poland, and billing says none beside this one. */
	private static final String CURRENCY = "PLN";

	private final OData billing;

	BillingMeters(Upstreams upstreams) {
		this.billing = upstreams.billing();
	}

	/** The meters of a contract that is known to be the customer's. */
	Mono<List<Meter>> of(Contract contract) {
		Mono<List<Device>> devices = this.billing.many(ODataQuery.of("meters", DEVICES, contract.id()), Device.class,
				(device) -> device.of(contract.id()));
		Mono<Optional<Meter.BillingMonth>> month = isBilledByReading(contract) ? month(contract)
				: Mono.just(Optional.empty());
		return Mono.zipDelayError(devices, month)
			.onErrorMap(Exceptions::isMultiple, (all) -> Exceptions.unwrapMultiple(all).getFirst())
			.map((answers) -> meters(contract, answers.getT1(), answers.getT2().orElse(null)));
	}

	private static boolean isBilledByReading(Contract contract) {
		return contract.telerachunek() && contract.medium() == Medium.ELECTRICITY;
	}

	private Mono<Optional<Meter.BillingMonth>> month(Contract contract) {
		return this.billing.one(ODataQuery.of("billing-period", PERIOD, contract.id()), Period.class, Period::month)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty());
	}

	/** One meter may come as several rows, of which some lack its serial number. */
	private static List<Meter> meters(Contract contract, List<Device> rows, Meter.@Nullable BillingMonth month) {
		Map<String, Device> devices = new LinkedHashMap<>();
		rows.forEach((row) -> devices.merge(row.id(), row, Device::or));
		return devices.values()
			.stream()
			.map((device) -> device.meter(contract, month))
			.sorted(Comparator.comparing(Meter::id))
			.toList();
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Period(@JsonProperty("GetCurrentBillingPeriod") Days days) {

		Meter.BillingMonth month() {
			return new Meter.BillingMonth(ODataDate.date(this.days.first()), ODataDate.date(this.days.last()));
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Days(@JsonProperty("StartDate") String first, @JsonProperty("EndDate") String last) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Device(@JsonProperty("DeviceID") String id, @JsonProperty("ContractID") String contractId,
			@JsonProperty("SerialNumber") @Nullable String serialNumber,
			@JsonProperty("DeviceDescription") @Nullable String description,
			@JsonProperty("RegistersToRead") @Nullable Many<ToRead> registers,
			@JsonProperty("MeterReadingResults") @Nullable Many<Result> results,
			@JsonProperty("FutureMeterReadings") @Nullable Many<Planned> planned) {

		/** An answer about another contract is garbled, whatever made billing give it. */
		Device of(String askedFor) {
			if (!askedFor.equals(this.contractId)) {
				throw new IllegalArgumentException("a meter of another contract");
			}
			Objects.requireNonNull(this.id);
			return this;
		}

		private Device or(Device other) {
			return blank(this.serialNumber) ? other : this;
		}

		Meter meter(Contract contract, Meter.@Nullable BillingMonth month) {
			return new Meter(this.id, contract, Objects.requireNonNullElse(this.serialNumber, ""),
					Objects.requireNonNullElse(this.description, ""),
					Many.of(this.registers)
						.stream()
						.map((row) -> row.register(this.id))
						.sorted(Comparator.comparing(Register::id))
						.toList(),
					Many.of(this.planned)
						.stream()
						.map((row) -> ODataDate.date(row.on()))
						.min(Comparator.naturalOrder())
						.orElse(null),
					month,
					Many.of(this.results)
						.stream()
						.map((row) -> row.reading(this.id))
						.sorted(Comparator.comparing(PastReading::on).thenComparing(PastReading::id).reversed())
						.toList());
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Many<T>(@JsonProperty("results") List<T> results) {

		static <T> List<T> of(@Nullable Many<T> many) {
			return (many != null) ? many.results() : List.of();
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Planned(@JsonProperty("MeterReadingDate") String on) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record ToRead(@JsonProperty("DeviceID") String deviceId, @JsonProperty("RegisterID") String id,
			@JsonProperty("RegisterTypeID") @Nullable String type, @JsonProperty("ReadingUnit") @Nullable String unit,
			@JsonProperty("IntegerPlaces") String integerPlaces, @JsonProperty("DecimalPlaces") String decimalPlaces,
			@JsonProperty("PreviousMeterReadingResult") @Nullable String previous,
			@JsonProperty("PreviousMeterReadingDate") @Nullable String previousOn) {

		Register register(String device) {
			if (!device.equals(this.deviceId)) {
				throw new IllegalArgumentException("a register of another meter");
			}
			Register register = new Register(Objects.requireNonNull(this.id), Objects.requireNonNullElse(this.type, ""),
					Zone.of(this.type), Objects.requireNonNullElse(this.unit, ""), Integer.parseInt(this.integerPlaces),
					Integer.parseInt(this.decimalPlaces), null, null);
			if (blank(this.previous) || blank(this.previousOn)) {
				return register;
			}
			return new Register(register.id(), register.type(), register.zone(), register.unit(),
					register.integerPlaces(), register.decimalPlaces(), register.shown(decimal(this.previous)),
					ODataDate.date(Objects.requireNonNull(this.previousOn)));
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Result(@JsonProperty("MeterReadingResultID") String id, @JsonProperty("DeviceID") String deviceId,
			@JsonProperty("RegisterID") String registerId, @JsonProperty("ReadingResult") String value,
			@JsonProperty("ReadingDateTime") String on, @JsonProperty("Consumption") @Nullable String use,
			@JsonProperty("MeterReadingReasonID") @Nullable String reason,
			@JsonProperty("MeterReadingCategoryID") @Nullable String category,
			@JsonProperty("MeterReadingStatusID") @Nullable String status,
			@JsonProperty("ZZBilledAmount") @Nullable String amount,
			@JsonProperty("ZZInvoiceID") @Nullable String invoiceId) {

		PastReading reading(String device) {
			if (!device.equals(this.deviceId)) {
				throw new IllegalArgumentException("a reading of another meter");
			}
			return new PastReading(Objects.requireNonNull(this.id), Objects.requireNonNull(this.registerId),
					ODataDate.date(this.on), decimal(this.value), blank(this.use) ? null : decimal(this.use), source(),
					"01".equals(this.reason), "2".equals(this.status), billed());
		}

		/** Whoever is not named estimated: nobody claims to have seen the meter. */
		private PastReading.Source source() {
			return switch (Objects.requireNonNullElse(this.category, "")) {
				case "01" -> PastReading.Source.OPERATOR;
				case "02" -> PastReading.Source.CUSTOMER;
				default -> PastReading.Source.ESTIMATED;
			};
		}

		private PastReading.@Nullable Billed billed() {
			if (this.amount == null || this.amount.isBlank() || this.invoiceId == null || this.invoiceId.isBlank()) {
				return null;
			}
			return new PastReading.Billed(Money.ofDecimal(this.amount, CURRENCY), this.invoiceId);
		}

	}

	private static boolean blank(@Nullable String text) {
		return text == null || text.isBlank();
	}

	/** Billing writes up to 14 decimals. */
	private static BigDecimal decimal(@Nullable String text) {
		BigDecimal value = new BigDecimal(Objects.requireNonNull(text).strip()).stripTrailingZeros();
		return (value.scale() < 0) ? value.setScale(0, RoundingMode.UNNECESSARY) : value;
	}

}
