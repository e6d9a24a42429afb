package pl.bramka.gateway.readings;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.meters.PastReading;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.readingrules.ReadValue;
import pl.bramka.gateway.readingrules.ReadingKind;
import pl.bramka.gateway.upstream.Deadline;
import pl.bramka.gateway.upstream.NothingSent;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataDate;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.ODataWrite;
import pl.bramka.gateway.upstream.Refusal;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Readings as billing takes them: all registers of a meter in one piece, and one reading
 * of a meter a day. That second rule is billing's own, so a reading that is told twice is
 * taken once.
 */
@Component
final class BillingReadings {

	private static final Logger log = LoggerFactory.getLogger(BillingReadings.class);

	private static final String RESULTS = "MeterReadingResults";

	private static final String OF_METER = "Devices('{}')/MeterReadingResults";

	private static final String PERIODIC = "01";

	private static final String CONTROL = "10";

	private static final String BY_CUSTOMER = "02";

	/** "I was asked and am sure." */
	private static final String SURE = "ZI01";

	private static final String CURRENCY = "PLN";

	private final OData billing;

	private final Duration limit;

	BillingReadings(Upstreams upstreams, ReadingProperties settings) {
		this.billing = upstreams.billing();
		this.limit = settings.sendLimit();
	}

	/** Tells billing, within limits of its own; never an error. */
	Mono<Delivery> send(StoredReading reading) {
		Problem late = Problem.of(ProblemCode.BILLING_UNAVAILABLE);
		return this.billing
			.write(new ODataWrite("reading", HttpMethod.POST, RESULTS, List.of(), body(reading)), Result.class,
					(result) -> result.delivery(reading))
			// An answer without a body is none of this service.
			.switchIfEmpty(Mono.just(new Delivery.Unknown(late)))
			.timeout(this.limit, Mono.just(new Delivery.Unknown(late)))
			.onErrorResume((thrown) -> Mono.just(outcome(thrown)))
			.contextWrite(Deadline::none);
	}

	/**
	 * Looks whether billing has a reading that it may have been told.
	 * @return {@link Delivery.Taken} if it does, {@link Delivery.Refused} if it has
	 * another one of that day, empty if it has none; a problem if it cannot say
	 */
	Mono<Delivery> find(StoredReading reading) {
		return this.billing
			.many(ODataQuery.of("readings-of-meter", OF_METER, reading.meterId()), Result.class,
					(result) -> result.of(reading.meterId()))
			.contextWrite(Deadline::none)
			.flatMap((results) -> {
				List<Result> same = results.stream().filter((result) -> result.isOf(reading.on())).toList();
				if (same.isEmpty()) {
					return Mono.empty();
				}
				boolean ours = reading.values()
					.stream()
					.allMatch((value) -> same.stream().anyMatch((result) -> result.shows(value)));
				return Mono.just(ours ? taken(same) : new Delivery.Refused(ProblemCode.READING_ALREADY_GIVEN));
			});
	}

	private static Delivery taken(List<Result> results) {
		return new Delivery.Taken(results.stream().anyMatch(Result::isLocked),
				results.stream().map(Result::billed).filter(Objects::nonNull).findFirst().orElse(null));
	}

	/** Whatever is not certainly unsent may have been taken. */
	private static Delivery outcome(Throwable thrown) {
		return switch (thrown) {
			case Refusal refusal -> new Delivery.Refused(code(refusal.reason()));
			case Problem problem ->
				NothingSent.isBehind(problem) ? new Delivery.NotSent(problem) : new Delivery.Unknown(problem);
			default -> {
				log.error("what became of a reading that was sent is not known", thrown);
				yield new Delivery.Unknown(Problem.of(ProblemCode.INTERNAL_ERROR, thrown));
			}
		};
	}

	private static ProblemCode code(String reason) {
		return switch (reason) {
			case "EL/424" -> ProblemCode.READING_ALREADY_GIVEN;
			case "EL/459" -> ProblemCode.READING_WINDOW_CLOSED;
			case "EL/209" -> ProblemCode.READING_REFUSED;
			case "ZBFF_MR/001" -> ProblemCode.READING_IMPLAUSIBLE;
			default -> ProblemCode.BILLING_REFUSED;
		};
	}

	/** The first register leads, the others depend on it. */
	private static Map<String, Object> body(StoredReading reading) {
		List<Map<String, Object>> all = new ArrayList<>();
		for (ReadValue value : reading.values()) {
			Map<String, Object> one = new LinkedHashMap<>();
			one.put("DeviceID", reading.meterId());
			one.put("RegisterID", value.register());
			one.put("ReadingResult", value.value().toPlainString());
			one.put("ReadingDateTime",
					"/Date(" + reading.on().atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli() + ")/");
			one.put("MeterReadingReasonID", (reading.kind() == ReadingKind.BILLING) ? PERIODIC : CONTROL);
			one.put("MeterReadingCategoryID", BY_CUSTOMER);
			if (reading.confirmed()) {
				one.put("MeterReadingNoteID", SURE);
			}
			all.add(one);
		}
		Map<String, Object> leading = all.getFirst();
		if (all.size() > 1) {
			leading.put("DependentMeterReadingResults", all.subList(1, all.size()));
		}
		return leading;
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Result(@JsonProperty("DeviceID") String deviceId, @JsonProperty("RegisterID") String registerId,
			@JsonProperty("ReadingResult") String value, @JsonProperty("ReadingDateTime") String on,
			@JsonProperty("MeterReadingStatusID") @Nullable String status,
			@JsonProperty("ZZBilledAmount") @Nullable String amount,
			@JsonProperty("ZZInvoiceID") @Nullable String invoiceId) {

		/** An answer about another meter is garbled, whatever made billing give it. */
		Result of(String meterId) {
			if (!meterId.equals(this.deviceId)) {
				throw new IllegalArgumentException("a reading of another meter");
			}
			return this;
		}

		Delivery delivery(StoredReading reading) {
			return taken(List.of(of(reading.meterId())));
		}

		boolean isOf(LocalDate day) {
			return ODataDate.date(this.on).equals(day);
		}

		boolean shows(ReadValue read) {
			return this.registerId.equals(read.register())
					&& new BigDecimal(this.value.strip()).compareTo(read.value()) == 0;
		}

		boolean isLocked() {
			return "2".equals(this.status);
		}

		PastReading.@Nullable Billed billed() {
			if (this.amount == null || this.amount.isBlank() || this.invoiceId == null || this.invoiceId.isBlank()) {
				return null;
			}
			return new PastReading.Billed(Money.ofDecimal(this.amount, CURRENCY), this.invoiceId);
		}

	}

}
