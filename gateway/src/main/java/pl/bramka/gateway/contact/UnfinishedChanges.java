package pl.bramka.gateway.contact;

import pl.bramka.gateway.database.Chore;
import pl.bramka.gateway.freshness.Drops;

import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Brings changes to their end that nobody asks for any more. Every node does; what one
 * works on another leaves alone.
 */
@Component
final class UnfinishedChanges {

	@Bean
	@DependsOnDatabaseInitialization
	Chore finishingContactChanges(ContactChanges changes, ContactChangeStore store, ContactProperties settings,
			Drops drops) {
		return Chore.sometime("contact changes", settings.look(),
				() -> store.due(settings.batch())
					.concatMap((key) -> changes.finish(key).then(drops.everywhere(Contacts.CACHE, key.customerId())))
					.then());
	}

}
