package pl.bramka.gateway.device;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.identity.IdentityGrants;
import pl.bramka.gateway.keys.Seal;

import org.springframework.stereotype.Component;

/**
 * Takes a consent back: first here, which is what counts, and then at the provider, if it
 * can be told.
 */
@Component
final class Withdrawals {

	/** Which device's, of those that have one. */
	static final String ANY = "customer_id = :customer and thumbprint = :thumbprint and provider_token is not null";

	/** Only where nothing but the password opens a session, and none is open. */
	static final String UNUSED = ANY + """
			 and not exists (select 1 from pin p where p.device_id = device.id)
				and not exists (select 1 from biometric_key k where k.device_id = device.id)
				and not exists (select 1 from app_session s where s.device_id = device.id and s.ended_at is null)
			""";

	/** Longer than the provider's own limits; a call that still hangs is given up. */
	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final Database database;

	private final IdentityGrants grants;

	private final Seal seal;

	Withdrawals(Database database, IdentityGrants grants, Seal seal) {
		this.database = database;
		this.grants = grants;
		this.seal = seal;
	}

	/**
	 * Forgets the token of a device.
	 * @return the token, sealed; empty if the device is not such a one
	 */
	Mono<String> forget(String which, String customerId, String thumbprint) {
		return this.database
			.whole(this.database.sql("select id, provider_token from device where " + which + " for update")
				.bind("customer", customerId)
				.bind("thumbprint", thumbprint)
				.map((row) -> new Given(new Device(Columns.text(row, "id"), customerId, thumbprint),
						Columns.text(row, "provider_token")))
				.one()
				.delayUntil((given) -> this.database.sql("update device set provider_token = null where id = :id")
					.bind("id", given.device().id())
					.then())
				.mapNotNull(Given::token));
	}

	/** A token that no key of ours opens any more cannot be shown to the provider. */
	Mono<Void> end(String sealed) {
		return Mono.fromSupplier(() -> this.seal.open(sealed))
			.onErrorComplete(IllegalArgumentException.class)
			.flatMap(this.grants::end);
	}

	/** Begins to tell the provider; nobody waits for how that ends. */
	@SuppressWarnings("FutureReturnValueIgnored")
	void handOver(String sealed) {
		Mono.defer(() -> end(sealed)).subscribeOn(Schedulers.boundedElastic()).timeout(LONGEST).toFuture();
	}

}
