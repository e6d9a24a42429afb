package pl.bramka.gateway.claims;

import java.time.Clock;

import pl.bramka.gateway.database.Chore;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Forgets paid documents that billing booked long ago. Every node does; what one forgets
 * another does not find.
 */
@Component
@DependsOnDatabaseInitialization
final class OldClaims implements SmartInitializingSingleton, DisposableBean {

	private final Chore chore;

	OldClaims(Claims claims, ClaimProperties settings, Clock clock) {
		this.chore = Chore.sometime("old claims", settings.tidy(), () -> Chore.inBatches(settings.batch(),
				() -> claims.forgetBooked(clock.instant().minus(settings.kept()), settings.batch())));
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
