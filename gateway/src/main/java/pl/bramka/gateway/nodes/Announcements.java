package pl.bramka.gateway.nodes;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.util.concurrent.Queues;

import pl.bramka.gateway.observability.Names;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * What nodes tell each other while it is news. An announcement can be lost: that some may
 * have been missed is said to listeners too. Anything that is heard does no more harm
 * than to forget something early. A node that is alone says and hears nothing.
 */
@Component
public final class Announcements implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(Announcements.class);

	/** Heard and not yet handled; what comes beyond counts as missed. */
	private static final int MOST = 8192;

	private final String node = Long.toHexString(ThreadLocalRandom.current().nextLong());

	private final Map<Topic, List<BiConsumer<String, String>>> listeners = new EnumMap<>(Topic.class);

	private final List<Runnable> doubters = new CopyOnWriteArrayList<>();

	private final Sinks.Many<Announcement> heard = Sinks.many()
		.unicast()
		.onBackpressureBuffer(Queues.<Announcement>get(MOST).get());

	private final MeterRegistry meters;

	private final @Nullable Redis redis;

	private final @Nullable Ear ear;

	private final CompletableFuture<@Nullable Void> handling;

	Announcements(NodesProperties settings, ObjectProvider<Redis> redis, MeterRegistry meters) {
		for (Topic topic : Topic.values()) {
			this.listeners.put(topic, new CopyOnWriteArrayList<>());
		}
		this.meters = meters;
		this.redis = redis.getIfAvailable();
		this.handling = this.heard.asFlux()
			.publishOn(Schedulers.boundedElastic())
			.doOnNext(this::handle)
			.then()
			.toFuture();
		this.ear = (this.redis != null) ? new Ear(this.redis, this::hear, this::missed, settings.trust()) : null;
	}

	/**
	 * Listens to what other nodes announce.
	 * @param topic about what
	 * @param listener takes the subject, as {@link Topic} says, and the customer's id;
	 * must not mind hearing it twice
	 */
	public void listen(Topic topic, BiConsumer<String, String> listener) {
		this.listeners.getOrDefault(topic, List.of()).add(listener);
	}

	/**
	 * Listens to that announcements may have been missed, up to this moment.
	 * @param listener told so, at least every {@code bramka.nodes.trust} while nothing
	 * can be heard
	 */
	public void whenMissed(Runnable listener) {
		this.doubters.add(listener);
	}

	/**
	 * Tells the other nodes.
	 * @param topic about what
	 * @param subject what is meant, as {@link Topic} says
	 * @param customerId whose it is
	 * @return completes once Redis has it, or after {@code bramka.nodes.timeout} at the
	 * latest; never fails
	 */
	public Mono<Void> announce(Topic topic, String subject, String customerId) {
		Redis shared = this.redis;
		if (shared == null) {
			return Mono.empty();
		}
		byte[] channel = topic.channel().getBytes(StandardCharsets.UTF_8);
		byte[] text = new Announcement(topic, this.node, subject, customerId).text().getBytes(StandardCharsets.UTF_8);
		return Mono
			.fromCompletionStage(() -> shared.connection()
				.orElseThrow(() -> new RedisException("Redis does not answer"))
				.async()
				.publish(channel, text))
			.doOnNext((receivers) -> count(topic, "sent"))
			.doOnError((failure) -> count(topic, "lost"))
			.onErrorComplete()
			.publishOn(Schedulers.parallel())
			.then();
	}

	private void hear(String channel, String text) {
		for (Topic topic : Topic.values()) {
			if (topic.channel().equals(channel)) {
				hear(topic, Announcement.read(topic, text));
			}
		}
	}

	private void hear(Topic topic, @Nullable Announcement announcement) {
		if (announcement == null) {
			count(topic, "malformed");
		}
		else if (!announcement.node().equals(this.node) && this.heard.tryEmitNext(announcement).isFailure()) {
			count(topic, "flooded");
			missed();
		}
	}

	private void handle(Announcement announcement) {
		count(announcement.topic(), "heard");
		this.listeners.getOrDefault(announcement.topic(), List.of())
			.forEach((listener) -> safely(() -> listener.accept(announcement.subject(), announcement.customerId())));
	}

	private void missed() {
		this.doubters.forEach(Announcements::safely);
	}

	/** One listener's failure is not the others', nor the end of listening. */
	private static void safely(Runnable listener) {
		try {
			listener.run();
		}
		catch (RuntimeException ex) {
			log.error("an announcement could not be followed: {}", ex.getClass().getSimpleName());
		}
	}

	private void count(Topic topic, String result) {
		this.meters.counter(Names.ANNOUNCEMENTS, "topic", topic.tag(), "result", result).increment();
	}

	@Override
	public void destroy() {
		if (this.ear != null) {
			this.ear.close();
		}
		this.handling.cancel(false);
	}

}
