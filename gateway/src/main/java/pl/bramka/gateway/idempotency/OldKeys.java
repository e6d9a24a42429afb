package pl.bramka.gateway.idempotency;

import pl.bramka.gateway.database.Chore;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/**
 * Removes keys that stood long enough. Every node does; what one removes another does not
 * find.
 */
@Component
@DependsOnDatabaseInitialization
final class OldKeys implements SmartInitializingSingleton, DisposableBean {

	private final Chore chore;

	OldKeys(RequestStore store, IdempotencyProperties settings) {
		this.chore = Chore.sometime("old idempotency keys", settings.tidy(),
				() -> Chore.inBatches(settings.batch(), store::removeOld));
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
