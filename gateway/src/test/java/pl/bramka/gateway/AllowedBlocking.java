package pl.bramka.gateway;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What may hold a lock on an event loop, each with its reason. Everything else that
 * blocks there fails the test.
 */
public final class AllowedBlocking implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		// Once per type and process, for the time it takes to look at its fields.
		builder.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
				"_createAndCacheValueDeserializer");
		builder.allowBlockingCallsInside("tools.jackson.databind.ser.SerializerCache",
				"addAndResolveNonTypedSerializer");
		// Lettuce counts who writes to a connection under a lock that is held for a few
		// instructions. Broken off there it counts wrongly, and waits for ever.
		builder.allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters");
		builder.allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "doExclusive");
		// A cache whose queue of writes is full waits until some of them are worked off.
		builder.allowBlockingCallsInside("com.github.benmanes.caffeine.cache.BoundedLocalCache", "afterWrite");
		// The queue of log lines: its lock is held for the time it takes to add one, and
		// a full
		// queue refuses instead of waiting.
		builder.allowBlockingCallsInside("java.util.concurrent.ArrayBlockingQueue", "offer");
	}

}
