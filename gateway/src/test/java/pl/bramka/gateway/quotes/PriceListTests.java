package pl.bramka.gateway.quotes;

import java.time.LocalDate;
import java.util.List;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
