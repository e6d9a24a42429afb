package pl.bramka.gateway;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;

import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.nodes.Redis;
import pl.bramka.gateway.nodes.Topic;
import pl.bramka.gateway.observability.Names;

/**
 * Two nodes that tell each other what to forget.
 */
public final class Neighbours {

	private Neighbours() {
	}

	/**
	 * Waits until each can ask Redis, and hears what the other says: from then on nothing
	 * is doubted.
	 */
	public static void hearEachOther(TestGateway one, TestGateway other) {
		awaitHears(one, other);
		awaitHears(other, one);
	}

	private static void awaitHears(TestGateway listener, TestGateway speaker) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(15))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> listener.bean(Redis.class).connection().isPresent());
		double before = heard(listener);
		Awaitility.await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(20)).until(() -> {
			speaker.bean(Drops.class).everywhere("none", "nobody").block(Duration.ofSeconds(5));
			return heard(listener) > before;
		});
	}

	private static double heard(TestGateway node) {
		return node.bean(MeterRegistry.class)
			.counter(Names.ANNOUNCEMENTS, "topic", Topic.DROP.tag(), "result", "heard")
			.count();
	}

}
