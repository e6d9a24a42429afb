package pl.bramka.gateway.messages;

import pl.bramka.gateway.database.Chore;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Forgets what was sent long ago. Every node does; what one forgets another does not
 * find.
 */
@Component
final class OldMessages {

	@Bean
	@DependsOnDatabaseInitialization
	Chore forgettingOldMessages(MessageStore store, MessageProperties settings) {
		return Chore.sometime("old messages", settings.tidy(),
				() -> Chore.inBatches(settings.batch(), store::forgetOld));
	}

}
