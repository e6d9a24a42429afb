package pl.bramka.gateway.premises;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PpeNumberTests {

	@ParameterizedTest
	@ValueSource(strings = { "590322400000004216", "590365000000004220", "590322400000004810", "590322400000004513",
			"590322400000009013", "999999999999999995", "000000000000000017" })
	void isOneIfItsLastDigitIsRight(String number) {
		assertThat(PpeNumber.isOne(number)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
			another last digit        | 590322400000004217
			two digits changed places | 590322400000002416
			one digit changed         | 590322400000005216
			17 digits                 | 59032240000000421
			17 digits that check      | 90322400000004216
			19 digits                 | 5903224000000042160
			nothing                   | ""
			zeros                     | 000000000000000000
			a letter for a digit      | 59032240000000421O
			letters                   | PL_ENED_0000421_06
			letters, 18 of them       | ABCDEFGHIJKLMNOPQR
			blanks around             | " 90322400000004216"
			a sign                    | -90322400000004216
			digits of another script  | ٥٩٠٣٢٢٤٠٠٠٠٠٠٠٤٢١٦
			""")
	void isNoneOtherwise(String why, String text) {
		assertThat(PpeNumber.isOne(text)).as(why).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "59032240000000421, 6", "59036500000000422, 0", "59032240000000901, 3" })
	void hasOneLastDigit(String digits, int last) {
		for (int digit = 0; digit < 10; digit++) {
			assertThat(PpeNumber.isOne(digits + digit)).isEqualTo(digit == last);
		}
	}

}
