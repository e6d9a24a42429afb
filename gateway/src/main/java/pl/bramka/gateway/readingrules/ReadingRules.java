package pl.bramka.gateway.readingrules;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.meters.Meter;
import pl.bramka.gateway.meters.Meters;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * The door to what may be read.
 */
@Component
public final class ReadingRules {

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private final Meters meters;

	private final GivenReadings given;

	private final ReadingRuleProperties settings;

	private final Clock clock;

	ReadingRules(Meters meters, GivenReadings given, ReadingRuleProperties settings, Clock clock) {
		this.meters = meters;
		this.given = given;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * The meters of a customer that may be read today.
	 * @param customer whose
	 * @return those meters, possibly none; a problem if nobody can say
	 */
	public Mono<Aged<List<ReadableMeter>>> readable(Customer customer) {
		LocalDate today = day(this.clock.instant());
		return this.meters.of(customer, false).map((aged) -> aged.map((all) -> readable(all, today)));
	}

	private List<ReadableMeter> readable(List<Meter> meters, LocalDate today) {
		return meters.stream().map((meter) -> options(meter, today)).<ReadableMeter>mapMulti((options, to) -> {
			if (options.available() && options.kind() != null) {
				to.accept(ReadableMeter.of(options, options.kind()));
			}
		}).toList();
	}

	Mono<Aged<ReadingOptions>> options(Customer customer, String meterId, boolean reload) {
		LocalDate today = day(this.clock.instant());
		return this.meters.find(customer, meterId, reload)
			.map((aged) -> aged.map((meter) -> options(meter, today)))
			.flatMap((aged) -> this.given.isGiven(customer, meterId, today)
				.map((given) -> given ? aged.map(ReadingOptions::given) : aged));
	}

	/**
	 * The options of a day.
	 * @param meter the meter
	 * @param day the day, by the calendar of Europe/Warsaw
	 * @return what may be read on it
	 */
	public ReadingOptions options(Meter meter, LocalDate day) {
		return ReadingOptions.of(meter, day, this.settings);
	}

	/**
	 * Judges what somebody read.
	 * @param options of the day on which it arrived
	 * @param values what was read
	 * @param confirmed whether the customer was asked and is sure
	 * @throws Problem {@code reading-not-offered}, {@code reading-window-closed},
	 * {@code reading-already-given}, {@code reading-incomplete},
	 * {@code reading-out-of-range}, {@code reading-below-previous} or
	 * {@code reading-implausible}
	 */
	public void check(ReadingOptions options, List<ReadValue> values, boolean confirmed) {
		new Judgement(options, this.settings).check(values, confirmed);
	}

	/**
	 * What billing refused, as it is told to the customer.
	 * @param code the refusal
	 * @param options of the day of the reading
	 * @return the problem, with what the customer has to know for it
	 */
	public Problem refusal(ProblemCode code, ReadingOptions options) {
		return switch (code) {
			case READING_WINDOW_CLOSED -> Judgement.windowClosed(options);
			case READING_IMPLAUSIBLE ->
				Problem.of(code).with("registers", options.registers().stream().map(Judgement::told).toList());
			default -> Problem.of(code);
		};
	}

	/**
	 * The day of a moment.
	 * @param moment when something arrived
	 * @return the day, by the calendar of Europe/Warsaw
	 */
	public static LocalDate day(Instant moment) {
		return LocalDate.ofInstant(moment, WARSAW);
	}

}
