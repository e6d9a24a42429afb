package pl.bramka.gateway.consumption;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.ContractKind;
import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Which ranges there are, and what is asked of billing for them.
 */
class ConsumptionQueryTests {

	private static final ConsumptionProperties.Longest LONGEST = new ConsumptionProperties.Longest(31, 366, 36);

	private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

	private static ConsumptionQuery query(Granularity granularity, String from, String to) {
		return ConsumptionQuery.of(granularity, LocalDate.parse(from), LocalDate.parse(to), LONGEST);
	}

	private static Contract contract(String validFrom, @Nullable String validTo) {
		return new Contract("1", ContractKind.SALES, Medium.ELECTRICITY, "", "", null, null, false, "2", true,
				LocalDate.parse(validFrom), (validTo != null) ? LocalDate.parse(validTo) : null, null);
	}

	@ParameterizedTest
	@CsvSource({ "HOUR, 2026-10-01, 2026-10-01", "HOUR, 2026-10-01, 2026-10-31", "DAY, 2024-01-01, 2024-12-31",
			"DAY, 2026-10-01, 2026-10-01", "MONTH, 2024-01-31, 2026-12-01", "MONTH, 2026-10-07, 2026-10-07",
			"MONTH, 0001-01-01, 0001-02-01", "DAY, 9999-12-30, 9999-12-30" })
	void takesRangesUpToTheLongest(Granularity granularity, String from, String to) {
		assertThat(query(granularity, from, to).days()).isEqualTo(new Days(LocalDate.parse(from), LocalDate.parse(to)));
	}

	@ParameterizedTest
	@CsvSource({ "HOUR, 2026-10-01, 2026-11-01", "DAY, 2024-01-01, 2025-01-01", "MONTH, 2023-12-31, 2026-12-01",
			"DAY, 2026-10-02, 2026-10-01", "MONTH, 2026-10-02, 2026-10-01", "HOUR, 2026-10-01, +10000-01-01",
			"HOUR, +999999999-12-31, +999999999-12-31", "MONTH, -0001-01-01, 2026-10-01",
			"DAY, -999999999-01-01, +999999999-12-31", "MONTH, 2026-01-01, +999999999-12-31" })
	void refusesReversedAndEndlessRanges(Granularity granularity, String from, String to) {
		Problem problem = Objects
			.requireNonNull(catchThrowableOfType(Problem.class, () -> query(granularity, from, to)));
		assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			DAY,   2026-10-01, 2026-10-31, 2020-01-01, -,          2026-10-01, 2026-10-31
			DAY,   2026-11-20, 2026-12-20, 2020-01-01, -,          2026-11-20, 2026-11-25
			DAY,   2026-10-01, 2026-10-31, 2026-10-07, -,          2026-10-07, 2026-10-31
			DAY,   2026-10-01, 2026-10-31, 2020-01-01, 2026-10-09, 2026-10-01, 2026-10-09
			HOUR,  2026-11-20, 2026-11-30, 2020-01-01, 2027-01-01, 2026-11-20, 2026-11-25
			MONTH, 2026-01-15, 2026-03-02, 2020-01-01, -,          2026-01-01, 2026-03-31
			MONTH, 2026-01-15, 2026-12-31, 2026-02-15, -,          2026-02-01, 2026-11-30
			""")
	void staysWithinTheContractAndThePresent(Granularity granularity, String from, String to, String validFrom,
			@Nullable String validTo, String first, String last) {
		assertThat(query(granularity, from, to).among(contract(validFrom, validTo), TODAY))
			.isEqualTo(new Days(LocalDate.parse(first), LocalDate.parse(last)));
	}

	@ParameterizedTest
	@CsvSource({ "DAY, 2019-10-01, 2019-10-31", "MONTH, 2019-10-01, 2019-12-30", "DAY, 2026-11-26, 2026-11-30",
			"HOUR, 2026-11-26, 2026-11-30", "MONTH, 2026-12-01, 2026-12-31", "MONTH, 2026-11-26, 2026-11-30" })
	void asksForNothingOutsideTheContractOrInTheFuture(Granularity granularity, String from, String to) {
		Days days = query(granularity, from, to).among(contract("2020-01-01", null), TODAY);
		assertThat(days.isEmpty()).isTrue();
		assertThat(granularity.pieces(days, 10)).isEmpty();
		assertThat(granularity.steps(days)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 10, 31 })
	void cutsPiecesAlikeWhateverIsAsked(int length) {
		Days year = new Days(LocalDate.of(2025, 11, 26), TODAY);
		List<Days> pieces = Granularity.DAY.pieces(year, length);
		assertThat(pieces).allMatch((piece) -> piece.first().plusDays(length - 1L).equals(piece.last()));
		assertThat(pieces.getFirst().has(year.first())).isTrue();
		assertThat(pieces.getLast().has(year.last())).isTrue();
		assertThat(IntStream.range(1, pieces.size()))
			.allMatch((i) -> pieces.get(i).first().equals(pieces.get(i - 1).last().plusDays(1)));
		Days later = new Days(year.first().plusDays(3), year.last());
		assertThat(pieces).containsAll(Granularity.HOUR.pieces(later, length));
	}

	@ParameterizedTest
	@CsvSource({ "HOUR, 2026-10-25, 2026-10-25, 25", "HOUR, 2026-03-29, 2026-03-29, 23",
			"HOUR, 2026-03-01, 2026-03-31, 743", "DAY, 2026-03-01, 2026-03-31, 31",
			"MONTH, 2026-03-01, 2026-05-31, 3" })
	void countsSteps(Granularity granularity, String from, String to, long steps) {
		assertThat(granularity.steps(new Days(LocalDate.parse(from), LocalDate.parse(to)))).isEqualTo(steps);
	}

}
