package pl.bramka.gateway.pin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A wrong PIN takes as long as none.
 */
class PinTimingTest {

	private static final int ROUNDS = 80;

	private static long nanos(PinPhone phone, String device) throws IOException {
		long start = System.nanoTime();
		assertThat(phone.guess(device, "5000").statusCode()).isEqualTo(401);
		return System.nanoTime() - start;
	}

	private static double median(List<Long> all) {
		Collections.sort(all);
		return all.get(all.size() / 2);
	}

	@Test
	void tellsNobodyWhetherThereIsAPin() throws IOException {
		try (TestGateway gateway = TestGateway.start("bramka.pin.tries=100", "bramka.pin.tries-a-day=1000000")) {
			PinPhone phone = PinPhone.of(gateway, "anna");
			PinPhone without = PinPhone.withoutPin(gateway, "anna");
			for (int i = 0; i < 15; i++) {
				nanos(phone, phone.deviceId());
				nanos(without, without.deviceId());
			}
			List<Long> wrong = new ArrayList<>();
			List<Long> none = new ArrayList<>();
			List<Long> unknown = new ArrayList<>();
			for (int i = 0; i < ROUNDS; i++) {
				wrong.add(nanos(phone, phone.deviceId()));
				none.add(nanos(without, without.deviceId()));
				unknown.add(nanos(without, phone.deviceId()));
			}
			assertThat(median(none) / median(wrong)).isBetween(0.7, 1.4);
			assertThat(median(unknown) / median(wrong)).isBetween(0.7, 1.4);
		}
	}

}
