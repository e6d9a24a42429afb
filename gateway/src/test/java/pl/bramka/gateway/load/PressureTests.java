package pl.bramka.gateway.load;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What is let go, and how fast it comes back. */
class PressureTests {

	private static final Duration TARGET = Duration.ofMillis(10);

	private final Pressure pressure = new Pressure();

	@Test
	void letsNothingGoOfAHealthyNode() {
		looks(100, 10);
		assertThat(this.pressure.value()).isZero();
		assertThat(this.pressure.sheds(Importance.BACKGROUND, 0)).isFalse();
	}

	@Test
	void letsWhatCanWaitGoFirst() {
		looks(5, 20);
		assertThat(this.pressure.value()).isBetween(0.4, 0.6);
		assertThat(this.pressure.sheds(Importance.BACKGROUND, 0.3)).isTrue();
		assertThat(this.pressure.sheds(Importance.BACKGROUND, 0.7)).isFalse();
		assertThat(this.pressure.sheds(Importance.NORMAL, 0)).isFalse();
	}

	@Test
	void letsNormalCallsGoOnceAllThatCanWaitIsGone() {
		looks(15, 20);
		assertThat(this.pressure.sheds(Importance.BACKGROUND, 0.999)).isTrue();
		assertThat(this.pressure.sheds(Importance.NORMAL, 0.3)).isTrue();
		assertThat(this.pressure.sheds(Importance.NORMAL, 0.7)).isFalse();
	}

	@Test
	void neverLetsCriticalCallsGo() {
		looks(1000, 1000);
		assertThat(this.pressure.sheds(Importance.NORMAL, 0.999)).isTrue();
		assertThat(this.pressure.sheds(Importance.CRITICAL, 0)).isFalse();
	}

	@Test
	void isAtItsWorstWithinASecondWhenSwamped() {
		looks(1, 210);
		assertThat(this.pressure.value()).isEqualTo(0.5);
		looks(3, 210);
		assertThat(this.pressure.value()).isEqualTo(2);
	}

	@Test
	void isOverWithin10SecondsOfTheLastDelay() {
		looks(1000, 1000);
		looks(40, 1);
		assertThat(this.pressure.value()).isCloseTo(0, within(1e-9));
	}

	private void looks(int times, int millis) {
		for (int i = 0; i < times; i++) {
			this.pressure.look(Duration.ofMillis(millis), TARGET);
		}
	}

}
