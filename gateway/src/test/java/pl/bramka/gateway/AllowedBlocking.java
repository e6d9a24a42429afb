package pl.bramka.gateway;

import java.util.List;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What may hold a lock on an event loop, each with its reason. Everything else that
 * blocks there fails the test.
 */
public final class AllowedBlocking implements BlockHoundIntegration {

	/**
	 * One method within which a thread may wait.
	 *
	 * @param type its class
	 * @param method its name
	 * @param why it does no harm
	 */
	record Allowed(String type, String method, String why) {
	}

	static final List<Allowed> ALL = List.of(
			new Allowed("tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer",
					"once per type and process, for the time it takes to look at its fields"),
			new Allowed("tools.jackson.databind.ser.SerializerCache", "addAndResolveNonTypedSerializer",
					"once per type and process, for the time it takes to look at its fields"),
			new Allowed("io.lettuce.core.protocol.SharedLock", "incrementWriters",
					"counts who writes; broken off there it counts wrongly, and waits for ever"),
			new Allowed("io.lettuce.core.protocol.SharedLock", "doExclusive",
					"counts who writes; broken off there it counts wrongly, and waits for ever"),
			new Allowed("com.github.benmanes.caffeine.cache.BoundedLocalCache", "afterWrite",
					"a cache whose queue of writes is full waits until some of them are worked off"),
			new Allowed("java.util.concurrent.ArrayBlockingQueue", "offer",
					"the queue of log lines: one is added, and a full queue refuses instead of waiting"));

	@Override
	public void applyTo(BlockHound.Builder builder) {
		ALL.forEach((allowed) -> builder.allowBlockingCallsInside(allowed.type(), allowed.method()));
	}

}
