package pl.bramka.gateway.claims;

import java.time.Clock;

import pl.bramka.gateway.database.Chore;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Forgets paid documents that billing booked long ago. Every node does; what one forgets
 * another does not find.
 */
@Component
final class OldClaims {

	@Bean
	@DependsOnDatabaseInitialization
	Chore forgettingOldClaims(Claims claims, ClaimProperties settings, Clock clock) {
		return Chore.sometime("old claims", settings.tidy(), () -> Chore.inBatches(settings.batch(),
				() -> claims.forgetBooked(clock.instant().minus(settings.kept()), settings.batch())));
	}

}
