package pl.bramka.gateway.audit;

import java.time.Clock;

import pl.bramka.gateway.database.Chore;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Removes records that were kept long enough. Every node does; what one removes another
 * does not find.
 */
@Component
@DependsOnDatabaseInitialization
final class Retention implements SmartInitializingSingleton, DisposableBean {

	private final Chore chore;

	Retention(RecordedEvents events, AuditProperties settings, Clock clock) {
		this.chore = Chore.sometime("old audit records", settings.tidy(), () -> Chore.inBatches(settings.batch(),
				() -> events.removeBefore(clock.instant().minus(settings.keep()), settings.batch())));
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.chore.start();
	}

	@Override
	public void destroy() {
		this.chore.stop();
	}

}
