package pl.bramka.gateway.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Removes records that were kept long enough, a few at a time, so that nobody waits for a
 * long statement. Every node does; what one removes another does not find.
 */
@Component
@DependsOnDatabaseInitialization
final class Retention implements SmartInitializingSingleton, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(Retention.class);

	private final RecordedEvents events;

	private final AuditProperties settings;

	private final Clock clock;

	private @Nullable CompletableFuture<@Nullable Void> running;

	Retention(RecordedEvents events, AuditProperties settings, Clock clock) {
		this.events = events;
		this.settings = settings;
		this.clock = clock;
	}

	/** Nodes that start together do not remove together. */
	@Override
	public void afterSingletonsInstantiated() {
		Duration pause = this.settings.tidy();
		Duration first = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1 + pause.toMillis()));
		this.running = Flux.interval(first, pause)
			.onBackpressureDrop()
			.concatMap((tick) -> tidy().onErrorResume(Problem.class, Retention::later))
			.then()
			.toFuture();
	}

	private Mono<Void> tidy() {
		Instant then = this.clock.instant().minus(this.settings.keep());
		return this.events.removeBefore(then, this.settings.batch())
			.repeat()
			.takeUntil((removed) -> removed < this.settings.batch())
			.then();
	}

	private static Mono<Void> later(Problem problem) {
		log.warn("old audit records are not removed yet: {}", problem.code().code());
		return Mono.empty();
	}

	@Override
	public void destroy() {
		if (this.running != null) {
			this.running.cancel(false);
		}
	}

}
