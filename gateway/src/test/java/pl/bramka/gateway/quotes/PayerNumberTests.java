package pl.bramka.gateway.quotes;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.ContractKind;
import pl.bramka.gateway.contracts.Medium;

import static org.assertj.core.api.Assertions.assertThat;

class PayerNumberTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

	/**
	 * Contracts as {@code from..to/guaranteed until}, in days from today; what is left
	 * out is open-ended, or not guaranteed.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			-900../400                    | true  | -                          | 1
			-900../400                    | false | E_INVOICE                  | 1
			-900../                       | true  | PRICE_GUARANTEE            | 1
			-900../                       | false | PRICE_GUARANTEE, E_INVOICE | 1
			-900../0                      | true  | -                          | 1
			-900../-1                     | true  | PRICE_GUARANTEE            | 1
			-900../1                      | true  | -                          | 1
			-900../400 -900../400         | true  | -                          | 1, 2
			-900../400 -900../            | true  | PRICE_GUARANTEE            | 1, 2
			-900../400 -900../-1          | false | PRICE_GUARANTEE, E_INVOICE | 1, 2
			-900..-1/-1 0../400           | true  | -                          | 2
			-900..0/ 1../400              | true  | PRICE_GUARANTEE            | 1
			-900..0/0 1../                | true  | -                          | 1
			-900..-1/400                  | true  | PRICE_GUARANTEE            | 1
			1../400                       | true  | PRICE_GUARANTEE            | 1
			0..0/0                        | true  | -                          | 1
			""")
	void lacksWhatSpeaksAgainstAFreePayment(String contracts, boolean eInvoice, @Nullable String missing,
			String looked) {
		String[] each = contracts.split(" ", -1);
		List<Contract> all = IntStream.range(0, each.length).mapToObj((i) -> contract(i + 1, each[i])).toList();
		PayerNumber payer = PayerNumber.of(all, eInvoice, TODAY);
		assertThat(payer.missing().toString()).isEqualTo("[" + ((missing != null) ? missing : "") + "]");
		assertThat(payer.contractIds().toString()).isEqualTo("[" + looked + "]");
	}

	@Test
	void isNotFreeWithoutAnyContract() {
		PayerNumber payer = PayerNumber.of(List.of(), true, TODAY);
		assertThat(payer.missing()).containsExactly(Missing.PRICE_GUARANTEE);
		assertThat(payer.contractIds()).isEmpty();
	}

	private static Contract contract(int id, String text) {
		String[] parts = text.split("\\.\\.|/", -1);
		return new Contract(String.valueOf(id), ContractKind.COMPREHENSIVE, Medium.ELECTRICITY, "", "", null,
				day(parts[2]), false, "000200000421", true, TODAY.plusDays(Long.parseLong(parts[0])), day(parts[1]),
				null);
	}

	private static @Nullable LocalDate day(String days) {
		return days.isEmpty() ? null : TODAY.plusDays(Long.parseLong(days));
	}

}
