package pl.bramka.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import pl.bramka.gateway.access.AccessTokens;
import pl.bramka.gateway.access.EndedSessions;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Before a node serves, it learns which sessions ended while access tokens of theirs may
 * still be good: a restart must not bring one back. Waits on the thread that starts the
 * application, before there is a server.
 */
@Component
@DependsOnDatabaseInitialization
final class EndedSessionsAtStart implements SmartInitializingSingleton {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final SessionStore store;

	private final EndedSessions ended;

	private final AccessTokens tokens;

	private final Clock clock;

	EndedSessionsAtStart(SessionStore store, EndedSessions ended, AccessTokens tokens, Clock clock) {
		this.store = store;
		this.ended = ended;
		this.tokens = tokens;
		this.clock = clock;
	}

	@Override
	public void afterSingletonsInstantiated() {
		try {
			List<String> sessions = this.store.endedSince(this.clock.instant().minus(this.tokens.lifetime()))
				.collectList()
				.toFuture()
				.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
			sessions.forEach(this.ended::add);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while starting", ex);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("the database does not say which sessions ended", ex);
		}
	}

}
