package pl.bramka.gateway.quotes;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PriceListTests {

	private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

	@Test
	void takesPricesOneAfterTheOther() {
		assertThat(wrong(
				list(flat(DAY, 150), share(DAY.plusDays(1), 9, 100L, 1000L), share(DAY.plusYears(1), 0, null, null))))
			.isEmpty();
	}

	@Test
	void refusesTwoPricesForOneDay() {
		assertThat(wrong(list(flat(DAY, 150), flat(DAY, 160)))).containsExactly("prices");
		assertThat(wrong(list(flat(DAY, 150), flat(DAY.minusDays(1), 160)))).containsExactly("prices");
	}

	@Test
	void refusesNoPriceAndAnotherCurrency() {
		assertThat(wrong(list())).containsExactly("prices");
		assertThat(wrong(new PriceList("EUR", List.of(flat(DAY, 150))))).containsExactly("currency");
	}

	@Test
	void refusesAmountsBelowZeroAndAboveWhatAnybodyTakes() {
		assertThat(wrong(list(flat(DAY, -1)))).containsExactly("prices[0].flat");
		assertThat(wrong(list(flat(DAY, 100_001)))).containsExactly("prices[0].flat");
		assertThat(wrong(list(share(DAY, 1001, null, null)))).containsExactly("prices[0].perMille");
		assertThat(wrong(list(share(DAY, 9, -1L, null)))).containsExactly("prices[0].minimum");
		assertThat(wrong(list(flat(DAY, 0)))).isEmpty();
	}

	@Test
	void refusesAPriceOfNoKindOrOfTwo() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PriceList.Price(DAY, null, null, null, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new PriceList.Price(DAY, 150L, 9, null, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new PriceList.Price(DAY, 150L, null, 100L, null));
		assertThatIllegalArgumentException().isThrownBy(() -> share(DAY, 9, 1000L, 100L));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			9,    -,   -,    1,       0
			9,    -,   -,    55,      0
			9,    -,   -,    56,      1
			9,    -,   -,    21347,   192
			10,   -,   -,    50,      1
			10,   -,   -,    49,      0
			9,    100, 1000, 1,       100
			9,    100, 1000, 11111,   100
			9,    100, 1000, 11167,   101
			9,    100, 1000, 111055,  999
			9,    100, 1000, 111056,  1000
			9,    100, 1000, 9999999, 1000
			0,    100, -,    5000,    100
			1000, -,   -,    5000,    5000
			1000, 500, 500,  1,       500
			""")
	void takesAShareRoundedHalfUpWithinItsBounds(int perMille, @Nullable Long minimum, @Nullable Long maximum,
			long amount, long fee) {
		assertThat(share(DAY, perMille, minimum, maximum).of(amount)).isEqualTo(fee);
	}

	@Test
	void takesTheSameOfEveryAmountIfFlat() {
		assertThat(flat(DAY, 150).of(1)).isEqualTo(150);
		assertThat(flat(DAY, 150).of(1_000_000_000)).isEqualTo(150);
	}

	@Test
	void neverTakesMoreThanTheMostNorLessThanTheLeast() {
		Random random = new Random(7);
		for (int i = 0; i < 10_000; i++) {
			long minimum = random.nextLong(PriceList.Price.MOST);
			long maximum = minimum + random.nextLong(PriceList.Price.MOST - minimum + 1);
			PriceList.Price price = share(DAY, random.nextInt(1001), minimum, maximum);
			long amount = 1 + random.nextLong(1_000_000_000);
			assertThat(price.of(amount)).isBetween(minimum, maximum).isLessThanOrEqualTo(price.of(amount + 1));
		}
	}

	@Test
	void isOfADayUntilTheNextOneBegins() {
		PriceList.Price first = flat(DAY, 150);
		PriceList.Price second = flat(DAY.plusDays(10), 160);
		PriceList list = list(first, second);
		assertThat(list.on(DAY.minusDays(1))).isEmpty();
		assertThat(list.on(DAY)).contains(first);
		assertThat(list.on(DAY.plusDays(9))).contains(first);
		assertThat(list.on(DAY.plusDays(10))).contains(second);
		assertThat(list.on(DAY.plusYears(10))).contains(second);
	}

	private static PriceList list(PriceList.Price... prices) {
		return new PriceList("PLN", List.of(prices));
	}

	private static PriceList.Price flat(LocalDate from, long grosze) {
		return new PriceList.Price(from, grosze, null, null, null);
	}

	private static PriceList.Price share(LocalDate from, int perMille, @Nullable Long minimum, @Nullable Long maximum) {
		return new PriceList.Price(from, null, perMille, minimum, maximum);
	}

	/** What is wrong with it. */
	private static List<String> wrong(PriceList list) {
		try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
			return factory.getValidator()
				.validate(list)
				.stream()
				.map(ConstraintViolation::getPropertyPath)
				.map(Object::toString)
				.toList();
		}
	}

}
