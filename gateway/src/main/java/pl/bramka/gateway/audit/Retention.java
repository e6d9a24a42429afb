package pl.bramka.gateway.audit;

import java.time.Clock;

import pl.bramka.gateway.database.Chore;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Removes records that were kept long enough. Every node does; what one removes another
 * does not find.
 */
@Component
final class Retention {

	@Bean
	@DependsOnDatabaseInitialization
	Chore removingOldRecords(RecordedEvents events, AuditProperties settings, Clock clock) {
		return Chore.sometime("old audit records", settings.tidy(), () -> Chore.inBatches(settings.batch(),
				() -> events.removeBefore(clock.instant().minus(settings.keep()), settings.batch())));
	}

}
