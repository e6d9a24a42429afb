package pl.bramka.gateway;

import java.util.List;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What may hold a lock on an event loop, each with its reason. Everything else that
 * blocks there fails the test. A library's lock that is held for a few instructions is
 * waited for only if two threads meet there and the one that has it is not being run:
 * once in many thousand times, and then the caller is answered with an unforeseen
 * failure. The list is what event loops were seen to lock in the whole suite.
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
			new Allowed("org.hibernate.validator.internal.util.ConcurrentReferenceHashMap$Segment", "put",
					"once per type and node: what was learned of it is put into a table"),
			new Allowed("org.springframework.util.function.SingletonSupplier", "get",
					"once per node: a part is made when it is needed first"),
			new Allowed("io.netty.buffer.PoolChunk", "usage",
					"looks how much of a chunk is free; Netty allows the other methods that do"),
			new Allowed("io.lettuce.core.internal.AbstractInvocationHandler$MethodTranslator", "of",
					"once per type and process: how its methods are called"),
			new Allowed("io.lettuce.core.protocol.SharedLock", "incrementWriters",
					"counts who writes; broken off there it counts wrongly, and waits for ever"),
			new Allowed("io.lettuce.core.protocol.SharedLock", "doExclusive",
					"counts who writes; broken off there it counts wrongly, and waits for ever"),
			new Allowed("io.lettuce.core.protocol.DefaultEndpoint", "validateWrite",
					"looks how many commands wait for a connection, before each"),
			new Allowed("io.lettuce.core.protocol.DefaultEndpoint", "drainCommands",
					"takes those that waited for a connection that is back, or gone"),
			new Allowed("com.github.benmanes.caffeine.cache.BoundedLocalCache", "afterWrite",
					"a cache whose queue of writes is full waits until some of them are worked off"),
			new Allowed("java.util.concurrent.ArrayBlockingQueue", "offer",
					"the queue of log lines: one is added, and a full queue refuses instead of waiting"),
			new Allowed("java.util.concurrent.ThreadPoolExecutor", "addWorker",
					"writes down a new thread before it is started"),
			new Allowed("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove",
					"strikes out what was called off, as adding to the same queue is allowed by Reactor"),
			new Allowed("io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine$OpenState",
					"toHalfOpenState", "one of those who ask at the same time changes the breaker's state"));

	@Override
	public void applyTo(BlockHound.Builder builder) {
		ALL.forEach((allowed) -> builder.allowBlockingCallsInside(allowed.type(), allowed.method()));
	}

}
