package pl.bramka.gateway.idempotency;

import pl.bramka.gateway.database.Chore;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Removes keys that stood long enough. Every node does; what one removes another does not
 * find.
 */
@Component
final class OldKeys {

	@Bean
	@DependsOnDatabaseInitialization
	Chore removingOldKeys(RequestStore store, IdempotencyProperties settings) {
		return Chore.sometime("old idempotency keys", settings.tidy(),
				() -> Chore.inBatches(settings.batch(), store::removeOld));
	}

}
