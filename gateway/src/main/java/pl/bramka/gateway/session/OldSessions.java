package pl.bramka.gateway.session;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Chore;
import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.device.UnusedConsents;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Removes sessions that have been over for long, with all their refresh tokens, and lets
 * go of the consents that only they used. A token that was used is kept as long as its
 * session may go on, so that its reuse is noticed. Every node does; what one removes
 * another does not find.
 */
@Component
final class OldSessions {

	private final Database database;

	private final UnusedConsents consents;

	private final SessionProperties settings;

	private final Clock clock;

	OldSessions(Database database, UnusedConsents consents, SessionProperties settings, Clock clock) {
		this.database = database;
		this.consents = consents;
		this.settings = settings;
		this.clock = clock;
	}

	@Bean
	@DependsOnDatabaseInitialization
	Chore removingOldSessions() {
		return Chore.sometime("old sessions", this.settings.tidy(), this::tidy);
	}

	/** However it was refreshed or ended, a session of before then is over. */
	private Mono<Void> tidy() {
		Instant before = this.clock.instant().minus(this.settings.maxAge()).minus(this.settings.kept());
		return Chore.inBatches(this.settings.batch(), () -> removeOpenedBefore(before))
			.then(Mono.defer(() -> this.consents.release(before, this.settings.batch())));
	}

	private Mono<Long> removeOpenedBefore(Instant then) {
		return this.database.whole(this.database
			.sql("select id from app_session where authenticated_at < :then order by authenticated_at fetch first "
					+ this.settings.batch() + " rows only")
			.bind("then", Columns.at(then))
			.map((row) -> Columns.text(row, "id"))
			.all()
			.collectList()
			.flatMap((sessions) -> sessions.isEmpty() ? Mono.just(0L)
					: delete("refresh_token", "session_id", sessions).then(delete("app_session", "id", sessions))));
	}

	private Mono<Long> delete(String table, String column, List<String> sessions) {
		return this.database.sql("delete from " + table + " where " + column + " in (:sessions)")
			.bind("sessions", sessions)
			.fetch()
			.rowsUpdated();
	}

}
