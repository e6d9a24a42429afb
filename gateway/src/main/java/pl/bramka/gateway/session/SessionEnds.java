package pl.bramka.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import pl.bramka.gateway.access.AccessTokens;
import pl.bramka.gateway.access.EndedSessions;
import pl.bramka.gateway.customer.SessionEnd;
import pl.bramka.gateway.nodes.Announcements;
import pl.bramka.gateway.nodes.Topic;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * That a session is over, known on every node: at once on the one that ended it, on the
 * others by announcement, and for certain from the database. A node looks there before it
 * serves, so that a restart brings no session back, and then from time to time.
 */
@Component
@DependsOnDatabaseInitialization
final class SessionEnds implements SmartInitializingSingleton, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(SessionEnds.class);

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private static final Duration AGAIN = Duration.ofMillis(200);

	/** The clocks of nodes differ, and what a node wrote is seen a little later. */
	private static final Duration OVERLAP = Duration.ofSeconds(10);

	private final SessionStore store;

	private final EndedSessions ended;

	private final Announcements announcements;

	private final ApplicationEventPublisher listeners;

	private final AccessTokens tokens;

	private final Duration pause;

	private final Clock clock;

	private volatile Instant known = Instant.EPOCH;

	private volatile boolean blind;

	private @Nullable CompletableFuture<@Nullable Void> looking;

	SessionEnds(SessionStore store, EndedSessions ended, Announcements announcements,
			ApplicationEventPublisher listeners, AccessTokens tokens, SessionProperties settings, Clock clock) {
		this.store = store;
		this.ended = ended;
		this.announcements = announcements;
		this.listeners = listeners;
		this.tokens = tokens;
		this.pause = settings.endedLook();
		this.clock = clock;
		announcements.listen(Topic.SESSION_ENDED, this::learn);
	}

	/** Waits on the thread that starts the application, before there is a server. */
	@Override
	public void afterSingletonsInstantiated() {
		try {
			// The first statement of a process is slow, and a database may start a little
			// later.
			look().retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN))
				.toFuture()
				.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while starting", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("the database does not say which sessions ended", ex);
		}
		if (this.pause.isPositive()) {
			this.looking = Mono.delay(this.pause).then(look().onErrorResume(this::goBlind)).repeat().then().toFuture();
		}
	}

	/**
	 * This session has just ended. Completes once the other nodes have been told, or
	 * could not be.
	 */
	Mono<Void> tell(String sessionId, String customerId) {
		return Mono.defer(() -> {
			learn(sessionId, customerId);
			return this.announcements.announce(Topic.SESSION_ENDED, sessionId, customerId);
		});
	}

	private void learn(String sessionId, String customerId) {
		if (this.ended.add(sessionId)) {
			this.listeners.publishEvent(new SessionEnd(customerId));
		}
	}

	/** No further back than tokens live: what ended before is over anyway. */
	private Mono<Void> look() {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			Instant oldest = now.minus(this.tokens.lifetime());
			Instant since = this.known.minus(OVERLAP);
			return this.store.endedSince(since.isAfter(oldest) ? since : oldest)
				.doOnNext((sessions) -> learn(sessions, now))
				.then();
		});
	}

	private void learn(List<SessionStore.Ended> sessions, Instant now) {
		sessions.forEach((session) -> learn(session.sessionId(), session.customerId()));
		this.known = now;
		if (this.blind) {
			this.blind = false;
			log.info("the database says again which sessions ended");
		}
	}

	private Mono<Void> goBlind(Throwable failure) {
		if (!this.blind) {
			this.blind = true;
			log.warn("the database does not say which sessions ended");
		}
		return Mono.empty();
	}

	@Override
	public void destroy() {
		if (this.looking != null) {
			this.looking.cancel(false);
		}
	}

}
