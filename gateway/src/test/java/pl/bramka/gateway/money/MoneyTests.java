package pl.bramka.gateway.money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MoneyTests {

	@ParameterizedTest
	@CsvSource({ "123.45000000000000, 12345", "152.00000000000000, 15200", "0, 0", "0.00, 0", "-0.00, 0", "7, 700",
			"7.5, 750", "0.01, 1", "-0.01, -1", "-123.45, -12345", "000123.45, 12345",
			"92233720368547758.07, 9223372036854775807" })
	void readsADecimalToGrosze(String decimal, long grosze) {
		assertThat(Money.ofDecimal(decimal, "PLN")).isEqualTo(new Money(grosze, "PLN"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.001", "123.45000000000001", "-1.999", "123.450001" })
	void refusesPartsOfAGrosz(String decimal) {
		assertThatIllegalArgumentException().isThrownBy(() -> Money.ofDecimal(decimal, "PLN"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-", ".", "-.", ".5", "5.", "+5", "1e2", "1E2", "1.0E+2", "1,50", "1 000.00",
			" 1.00", "1.00 ", "--1", "1.-1", "1.2.3", "0x10", "NaN", "١.٠٠" })
	void refusesWhatIsNotADecimalNumber(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Money.ofDecimal(text, "PLN"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "92233720368547758.08", "-92233720368547758.09", "99999999999999999999",
			"922337203685477580700" })
	void refusesMoreThanItCanHold(String decimal) {
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Money.ofDecimal(decimal, "PLN"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "PL", "pln", "PLNN", "PL1" })
	void refusesWhatIsNotACurrency(String currency) {
		assertThatIllegalArgumentException().isThrownBy(() -> Money.zero(currency));
	}

	@Test
	void addsDebtsAndCredits() {
		assertThat(new Money(12345, "PLN").plus(new Money(-2345, "PLN"))).isEqualTo(new Money(10000, "PLN"));
		assertThat(Money.zero("PLN").plus(new Money(-1, "PLN")).signum()).isNegative();
	}

	@Test
	void refusesToAddTwoCurrencies() {
		assertThatIllegalArgumentException().isThrownBy(() -> Money.zero("PLN").plus(Money.zero("EUR")));
	}

	@Test
	void refusesASumItCannotHold() {
		Money most = new Money(Long.MAX_VALUE, "PLN");
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(new Money(1, "PLN")));
	}

	@Test
	void isAnAmountAndACurrencyInJson() {
		JsonMapper json = JsonMapper.builder().build();
		assertThat(json.writeValueAsString(new Money(-12345, "PLN")))
			.isEqualTo("{\"amount\":-12345,\"currency\":\"PLN\"}");
	}

}
