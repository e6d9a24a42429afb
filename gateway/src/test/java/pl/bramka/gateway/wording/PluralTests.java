package pl.bramka.gateway.wording;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.problem.Language;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The samples of CLDR's table of plural rules, and more.
 */
class PluralTests {

	@ParameterizedTest
	@CsvSource({ "0, MANY, OTHER", "1, ONE, ONE", "2, FEW, OTHER", "3, FEW, OTHER", "4, FEW, OTHER", "5, MANY, OTHER",
			"10, MANY, OTHER", "11, MANY, OTHER", "12, MANY, OTHER", "13, MANY, OTHER", "14, MANY, OTHER",
			"15, MANY, OTHER", "20, MANY, OTHER", "21, MANY, OTHER", "22, FEW, OTHER", "24, FEW, OTHER",
			"25, MANY, OTHER", "31, MANY, OTHER", "32, FEW, OTHER", "100, MANY, OTHER", "101, MANY, OTHER",
			"102, FEW, OTHER", "104, FEW, OTHER", "111, MANY, OTHER", "112, MANY, OTHER", "114, MANY, OTHER",
			"121, MANY, OTHER", "122, FEW, OTHER", "1000, MANY, OTHER", "1002, FEW, OTHER", "1012, MANY, OTHER",
			"1000000, MANY, OTHER", "9223372036854775807, MANY, OTHER", "-1, ONE, ONE", "-2, FEW, OTHER",
			"-12, MANY, OTHER", "-9223372036854775808, MANY, OTHER" })
	void goByTheLanguage(long number, Plural polish, Plural english) {
		assertThat(Plural.of(Language.POLISH, number)).isEqualTo(polish);
		assertThat(Plural.of(Language.ENGLISH, number)).isEqualTo(english);
	}

	@Test
	void areAmongThoseOfTheLanguage() {
		for (Language language : Language.values()) {
			for (long number = 0; number < 2000; number++) {
				assertThat(Plural.formsOf(language)).contains(Plural.of(language, number));
			}
		}
	}

}
