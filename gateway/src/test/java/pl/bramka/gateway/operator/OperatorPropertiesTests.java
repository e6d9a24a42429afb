package pl.bramka.gateway.operator;

import java.net.URI;
import java.util.List;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorPropertiesTests {

	private static final OperatorProperties.Account MERCHANT = new OperatorProperties.Account("2", "m");

	private static final OperatorProperties.Account PAYER = new OperatorProperties.Account("1", "p");

	private static OperatorProperties settings(OperatorProperties.Account merchant, OperatorProperties.Account payer,
			String returnUrl, String... pages) {
		return new OperatorProperties(merchant, payer, URI.create(returnUrl),
				List.of(pages).stream().map(URI::create).toList());
	}

	private static boolean valid(OperatorProperties settings) {
		try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
			Validator validator = factory.getValidator();
			return validator.validate(settings).isEmpty();
		}
	}

	@Test
	void takeTwoServicesAndTheirPages() {
		assertThat(valid(
				settings(MERCHANT, PAYER, "https://app.example/paid", "https://pay.example", "http://localhost:9103")))
			.isTrue();
		assertThat(valid(settings(MERCHANT, PAYER, "bramka://paid", "https://pay.example/"))).isTrue();
	}

	@Test
	void doNotTakeOneServiceForBoth() {
		assertThat(valid(settings(PAYER, PAYER, "bramka://paid", "https://pay.example"))).isFalse();
		assertThat(valid(
				settings(MERCHANT, new OperatorProperties.Account("", "p"), "bramka://paid", "https://pay.example")))
			.isFalse();
		assertThat(valid(
				settings(MERCHANT, new OperatorProperties.Account("1", " "), "bramka://paid", "https://pay.example")))
			.isFalse();
		assertThat(valid(settings(MERCHANT, PAYER, "/paid", "https://pay.example"))).isFalse();
		assertThat(valid(settings(MERCHANT, PAYER, "bramka://paid"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://pay.example", "pay.example", "/pay", "ftp://localhost", "https://a@pay.example",
			"http://localhost.example" })
	void takeNoPageThatOthersCouldRead(String page) {
		assertThat(valid(settings(MERCHANT, PAYER, "bramka://paid", page))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://pay.example/continue/1?a=b, true", "https://PAY.example:443/x, true",
			"http://localhost:9103/x, true", "http://localhost:9104/x, false", "https://localhost:9103/x, false",
			"http://pay.example/x, false", "https://pay.example:8443/x, false", "https://pay.example.evil/x, false",
			"https://evil/?https://pay.example, false", "https://pay.example@evil/x, false",
			"https://me@pay.example/x, false", "javascript:alert(1), false", "//pay.example/x, false",
			"/continue, false", "bramka://pay.example, false" })
	void leadToTheOperatorOnly(String url, boolean there) {
		assertThat(settings(MERCHANT, PAYER, "bramka://paid", "https://pay.example", "http://localhost:9103")
			.leadsToOperator(URI.create(url))).isEqualTo(there);
	}

	@Test
	void tellNoKey() {
		assertThat(settings(MERCHANT, new OperatorProperties.Account("1", "p-secret"), "bramka://paid",
				"https://pay.example"))
			.asString()
			.contains("Account[1]")
			.doesNotContain("p-secret");
	}

}
