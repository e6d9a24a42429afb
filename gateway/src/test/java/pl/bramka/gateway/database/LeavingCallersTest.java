package pl.bramka.gateway.database;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers who leave while the embedded database works for them: an interrupted thread
 * would have it close its file.
 */
@ExtendWith(RunningGateway.class)
class LeavingCallersTest {

	private final Database database;

	LeavingCallersTest(TestGateway gateway) {
		this.database = gateway.bean(Database.class);
	}

	@Test
	void interruptNobody() throws InterruptedException {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch left = new CountDownLatch(1);
		CountDownLatch ended = new CountDownLatch(1);
		AtomicBoolean interrupted = new AtomicBoolean();
		Disposable caller = this.database.step(Mono.fromRunnable(() -> {
			begun.countDown();
			try {
				interrupted.set(!left.await(5, TimeUnit.SECONDS));
			}
			catch (InterruptedException ex) {
				interrupted.set(true);
			}
			ended.countDown();
		})).subscribe();
		assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
		caller.dispose();
		left.countDown();
		assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
		assertThat(interrupted).isFalse();
	}

}
