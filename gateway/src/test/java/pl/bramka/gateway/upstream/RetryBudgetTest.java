package pl.bramka.gateway.upstream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTest {

	/** Begins below zero, as the JVM's own nanosecond clock may. */
	private final AtomicLong clock = new AtomicLong(-12_345_678_901L);

	@Test
	void grantsTheShareOfTheCalls() {
		RetryBudget budget = budget(0.1, 0);
		called(budget, 100);
		assertThat(granted(budget, 50)).isEqualTo(10);
		called(budget, 10);
		assertThat(granted(budget, 50)).isEqualTo(1);
	}

	@Test
	void grantsTheFloorHoweverFewCallsThereWere() {
		RetryBudget budget = budget(0.1, 2);
		called(budget, 1);
		assertThat(granted(budget, 50)).isEqualTo(2);
		called(budget, 9);
		assertThat(granted(budget, 50)).isZero();
	}

	@Test
	void grantsNothingWithoutShareAndFloor() {
		RetryBudget budget = budget(0, 0);
		called(budget, 1000);
		assertThat(granted(budget, 50)).isZero();
	}

	@Test
	void forgetsCallsAfterTenSeconds() {
		RetryBudget budget = budget(0.1, 0);
		called(budget, 100);
		pass(9);
		assertThat(granted(budget, 4)).isEqualTo(4);
		pass(1);
		assertThat(granted(budget, 50)).isZero();
	}

	@Test
	void remembersWhatItGrantedAsLongAsTheCallsItWasGrantedFor() {
		RetryBudget budget = budget(0.1, 0);
		called(budget, 100);
		assertThat(granted(budget, 50)).isEqualTo(10);
		pass(9);
		assertThat(granted(budget, 50)).isZero();
		pass(1);
		called(budget, 100);
		assertThat(granted(budget, 50)).isEqualTo(10);
	}

	@Test
	void startsAfreshAfterAnyPause() {
		RetryBudget budget = budget(0.1, 0);
		called(budget, 100);
		granted(budget, 10);
		pass(1_000_000);
		assertThat(granted(budget, 50)).isZero();
		called(budget, 20);
		assertThat(granted(budget, 50)).isEqualTo(2);
	}

	@Test
	void neverGrantsMoreThanTheShareOverAnyStretchOfTime() {
		RetryBudget budget = budget(0.1, 0);
		int calls = 0;
		int granted = 0;
		for (int second = 0; second < 120; second++) {
			int burst = (second % 7 == 0) ? 130 : 3;
			called(budget, burst);
			calls += burst;
			granted += granted(budget, burst);
			pass(1);
		}
		assertThat(granted).isPositive().isLessThanOrEqualTo(calls / 10);
	}

	private RetryBudget budget(double share, int floor) {
		return new RetryBudget(share, floor, this.clock::get);
	}

	private void pass(long seconds) {
		this.clock.addAndGet(seconds * 1_000_000_000L);
	}

	private static void called(RetryBudget budget, int times) {
		IntStream.range(0, times).forEach((i) -> budget.called());
	}

	private static int granted(RetryBudget budget, int asked) {
		return (int) IntStream.range(0, asked).filter((i) -> budget.take()).count();
	}

}
