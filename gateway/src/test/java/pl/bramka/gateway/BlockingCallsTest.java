package pl.bramka.gateway;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;
import reactor.test.StepVerifier;

import pl.bramka.gateway.connections.EventLoops;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole suite runs under BlockHound; here it is seen to be there.
 */
class BlockingCallsTest {

	@Test
	void failOnTheEventLoopsOfServerAndClient() throws Exception {
		LoopResources loops = EventLoops.create();
		try {
			for (boolean preferNative : new boolean[] { true, false }) {
				EventLoop loop = loops.onClient(preferNative).next();
				CompletableFuture<Object> outcome = new CompletableFuture<>();
				loop.execute(() -> outcome.complete(blocked()));
				assertThat(outcome.get(10, TimeUnit.SECONDS)).asString().contains("Blocking call!");
			}
		}
		finally {
			loops.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).block(Duration.ofSeconds(10));
		}
	}

	@Test
	void failOnTheThreadsOfTimers() {
		StepVerifier.create(Mono.fromCallable(BlockingCallsTest::blocked).subscribeOn(Schedulers.parallel()))
			.assertNext((outcome) -> assertThat(outcome).asString().contains("Blocking call!"))
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void passWhereBlockingIsAllowed() {
		assertThat(blocked()).isEqualTo("waited");
		StepVerifier.create(Mono.fromCallable(BlockingCallsTest::blocked).subscribeOn(Schedulers.boundedElastic()))
			.expectNext("waited")
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	/** A library that renames one would be watched more closely than is meant. */
	@Test
	void passWithinMethodsThatExist() throws ClassNotFoundException {
		for (AllowedBlocking.Allowed allowed : AllowedBlocking.ALL) {
			assertThat(Class.forName(allowed.type(), false, getClass().getClassLoader()).getDeclaredMethods())
				.extracting(Method::getName)
				.as(allowed.toString())
				.contains(allowed.method());
		}
	}

	/** Blocks for a moment, if it may. */
	private static Object blocked() {
		try {
			new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS);
			return "waited";
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return ex;
		}
		catch (Error blocking) {
			return blocking;
		}
	}

}
