package pl.bramka.gateway.database;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * What a node does again and again.
 */
class ChoreTest {

	/** One round says nothing of the next, whatever it ended with. */
	@ParameterizedTest
	@ValueSource(classes = { IllegalStateException.class, AssertionError.class })
	void goesOnAfterARoundThatFails(Class<? extends Throwable> kind) throws Exception {
		Throwable failure = kind.getConstructor().newInstance();
		AtomicInteger rounds = new AtomicInteger();
		Chore chore = Chore.atOnce("test", Duration.ofMillis(5), () -> {
			rounds.incrementAndGet();
			return Mono.error(failure);
		});
		chore.afterSingletonsInstantiated();
		try {
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> rounds.get() > 2);
		}
		finally {
			chore.destroy();
		}
	}

}
