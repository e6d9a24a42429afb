package pl.bramka.gateway.device;

import java.time.Instant;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * Consents that nothing can use any more: no session ended that would have taken them
 * along, it was only never refreshed again.
 */
@Component
public final class UnusedConsents {

	/** Calls to the provider under way at once; sign-ins need it too. */
	private static final int AT_ONCE = 2;

	/** A token of moments ago belongs to a session that is just being opened. */
	private static final String UNUSED = """
			provider_token is not null and provider_confirmed_at < :before
				and not exists (select 1 from pin p where p.device_id = device.id)
				and not exists (select 1 from biometric_key k where k.device_id = device.id)
				and not exists (select 1 from app_session s where s.device_id = device.id and s.ended_at is null
					and s.authenticated_at >= :before)
			""";

	private final Database database;

	private final Withdrawals withdrawals;

	UnusedConsents(Database database, Withdrawals withdrawals) {
		this.database = database;
		this.withdrawals = withdrawals;
	}

	/**
	 * Forgets some of them, and ends them at the provider if it can be told.
	 * @param before sessions whose owner showed who they are before that are over, and
	 * the provider was asked last before that
	 * @param most how many at most
	 * @return once all of them are forgotten
	 */
	public Mono<Void> release(Instant before, int most) {
		return this.database
			.step(unused("select id from device where " + UNUSED + " fetch first " + most + " rows only", before)
				.map((row) -> Columns.text(row, "id"))
				.all()
				.collectList())
			.flatMapMany(Flux::fromIterable)
			.flatMap((device) -> forget(device, before).flatMap(this.withdrawals::end), AT_ONCE)
			.then();
	}

	/**
	 * Whoever sets a PIN or a key there, or signs in, holds the same lock: only a second
	 * statement sees what they did.
	 */
	private Mono<String> forget(String device, Instant before) {
		return this.database.whole(this.database
			.sql("select provider_token from device where id = :id and provider_token is not null for update")
			.bind("id", device)
			.map((row) -> Columns.text(row, "provider_token"))
			.one()
			.filterWhen(
					(token) -> unused("update device set provider_token = null where id = :id and " + UNUSED, before)
						.bind("id", device)
						.fetch()
						.rowsUpdated()
						.map((rows) -> rows > 0)));
	}

	private GenericExecuteSpec unused(String statement, Instant before) {
		return this.database.sql(statement).bind("before", Columns.at(before));
	}

}
