package pl.bramka.gateway.quotes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Customers;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.problem.Language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Quotes while days and prices change.
 */
class QuoteTimesTest {

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static Quote quote(TestGateway gateway, String persona, String document) {
		return Objects.requireNonNull(gateway.bean(Quotes.class)
			.quote(customer(gateway, persona), List.of(document), Language.POLISH)
			.block(PATIENCE));
	}

	private static Quote check(TestGateway gateway, String persona, Quote quote) {
		return Objects.requireNonNull(gateway.bean(Quotes.class)
			.check(customer(gateway, persona), quote.id(), Language.POLISH)
			.block(PATIENCE));
	}

	private static Customer customer(TestGateway gateway, String persona) {
		String id = gateway.mocks().personas().byName(persona).accountId();
		return Customers.all(gateway).stream().filter((customer) -> customer.id().equals(id)).findFirst().orElseThrow();
	}

	private static long fee(TestGateway gateway) {
		return quote(gateway, "jan", "000400043151").fee().amount();
	}

	private static void edit(TestGateway gateway, String from, String to) throws IOException {
		Path fees = gateway.config().resolve("fees.yml");
		Files.writeString(fees, Files.readString(fees).replace(from, to));
	}

	@Test
	void isFreeOnTheLastDayOfAPriceGuaranteeAndNoLonger() {
		LocalDate last = LocalDate.now(WARSAW).plusDays(90);
		Time time = new Time(last.atTime(LocalTime.of(23, 59, 59)).atZone(WARSAW).toInstant().toString());
		try (TestGateway gateway = TestGateway.startAt(time)) {
			Quote free = quote(gateway, "maria", "000400044151");
			assertThat(free.free()).isTrue();
			assertThat(check(gateway, "maria", free)).isEqualTo(free);
			time.passes(Duration.ofSeconds(1));
			Quote costs = quote(gateway, "maria", "000400044151");
			assertThat(costs.documents().getFirst().missing()).containsExactly(Missing.PRICE_GUARANTEE);
			assertThat(costs.fee().amount()).isEqualTo(150);
			assertThatException().isThrownBy(() -> check(gateway, "maria", free)).withMessage("quote-outdated");
		}
	}

	/** The days of Warsaw, also those of 23 and of 25 hours. */
	@Test
	void costsWhatTheDayInWarsawSays() throws IOException {
		Time time = new Time("2027-03-27T22:59:59Z");
		try (TestGateway gateway = TestGateway.startAt(time)) {
			edit(gateway, "        flat: 150\n", """
					        flat: 150
					      - from: 2027-03-28
					        flat: 161
					      - from: 2027-03-29
					        flat: 162
					      - from: 2027-10-31
					        flat: 163
					      - from: 2027-11-01
					        flat: 164
					""");
			time.passes(Duration.ofSeconds(1));
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> fee(gateway) == 161);
			assertFees(gateway, time, "2027-03-28T21:59:59Z", 161, 162);
			assertFees(gateway, time, "2027-10-30T21:59:59Z", 162, 163);
			assertFees(gateway, time, "2027-10-31T22:59:59Z", 163, 164);
		}
	}

	private static void assertFees(TestGateway gateway, Time time, String lastSecond, long before, long after) {
		time.passes(Duration.between(time.instant(), Instant.parse(lastSecond)));
		assertThat(fee(gateway)).isEqualTo(before);
		time.passes(Duration.ofSeconds(1));
		assertThat(fee(gateway)).isEqualTo(after);
	}

	@Test
	void isOverAfterItsTimeAndWhenThePriceListIsEdited() throws IOException {
		Time time = new Time(Instant.now().toString());
		try (TestGateway gateway = TestGateway.startAt(time)) {
			Quote quote = quote(gateway, "jan", "000400043151");
			assertThat(Duration.between(time.instant(), quote.validUntil())).isBetween(Duration.ofSeconds(899),
					Duration.ofMinutes(15));
			time.passes(Duration.between(time.instant(), quote.validUntil()));
			assertThat(check(gateway, "jan", quote)).isEqualTo(quote);
			time.passes(Duration.ofMillis(1));
			assertThatException().isThrownBy(() -> check(gateway, "jan", quote)).withMessage("quote-outdated");

			Quote another = quote(gateway, "jan", "000400043151");
			Quote free = quote(gateway, "anna", "000400042151");
			edit(gateway, "flat: 150", "flat: 175");
			Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> fee(gateway) == 175);
			assertThatException().isThrownBy(() -> check(gateway, "jan", another)).withMessage("quote-outdated");
			assertThat(check(gateway, "anna", free)).as("costs nothing before and after").isEqualTo(free);

			edit(gateway, "from: 2026-01-01", "from: 2099-01-01");
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.untilAsserted(
						() -> assertThatException().isThrownBy(() -> fee(gateway)).withMessage("operator-unavailable"));
			assertThat(quote(gateway, "anna", "000400042151").free()).isTrue();
		}
	}

}
