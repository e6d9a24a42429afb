package pl.bramka.gateway.device;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.compatibility.Verdicts;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.problem.Problem;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The devices in the database.
 */
@Component
public final class Devices {

	private final Database database;

	private final Verdicts verdicts;

	private final Clock clock;

	Devices(Database database, Verdicts verdicts, Clock clock) {
		this.database = database;
		this.verdicts = verdicts;
		this.clock = clock;
	}

	/**
	 * A customer's device by its key.
	 * @param customerId whose it is
	 * @param thumbprint of its key
	 * @return the device; empty if the customer never signed in on it
	 */
	public Mono<Device> of(String customerId, String thumbprint) {
		return this.database
			.step(this.database.sql("select id from device where customer_id = :customer and thumbprint = :thumbprint")
				.bind("customer", customerId)
				.bind("thumbprint", thumbprint)
				.map((row) -> new Device(Columns.text(row, "id"), customerId, thumbprint))
				.one());
	}

	/**
	 * A device by its name, if it is the one whose key signed the proof.
	 * @param id as given out at sign-in
	 * @param thumbprint of the key that signed
	 * @return the device; empty if there is none, or it has another key
	 */
	public Mono<Device> find(String id, String thumbprint) {
		return this.database.step(
				this.database.sql("select id, customer_id, thumbprint from device where id = :id and thumbprint = :key")
					.bind("id", id)
					.bind("key", thumbprint)
					.map((row) -> new Device(Columns.text(row, "id"), Columns.text(row, "customer_id"),
							Columns.text(row, "thumbprint")))
					.one());
	}

	/**
	 * Notes that a session was opened or kept on a device, and what its app says of it. A
	 * list that is a little old is no reason to refuse a session: that this fails is told
	 * to nobody.
	 * @param id as given out at sign-in
	 * @param name what the app calls the device; null leaves the name as it was
	 * @param headers of the app's request
	 * @return once it is noted, if it could be
	 */
	public Mono<Void> seen(String id, @Nullable String name, HttpHeaders headers) {
		return Mono.defer(() -> {
			Verdicts.Phone phone = this.verdicts.phone(headers);
			return this.database.step(this.database.sql("""
					update device set name = coalesce(:name, name), platform = :platform, os_version = :os,
						app_version = :app, last_seen_at = :now
					where id = :id
					""")
				.bind("name", text((name != null && name.isBlank()) ? null : name))
				.bind("platform", text(phone.platform()))
				.bind("os", text(phone.osVersion()))
				.bind("app", text(phone.appVersion()))
				.bind("now", Columns.at(this.clock.instant()))
				.bind("id", id)
				.then());
		}).onErrorComplete(Problem.class);
	}

	private static Parameter text(@Nullable String text) {
		return (text != null) ? Parameters.in(text) : Parameters.in(String.class);
	}

	/**
	 * The devices on which something still opens a session, or one is open.
	 * @param customer whose they are, on which of them
	 * @param usedSince when an open session was used last, at the least
	 * @param openedSince when an open session was opened, at the least
	 * @return the latest seen first, at most 100
	 */
	public Mono<List<DeviceSummary>> list(Customer customer, Instant usedSince, Instant openedSince) {
		return this.database.step(this.database.sql("""
				select * from (select d.id, d.thumbprint, d.name, d.platform, d.os_version, d.app_version,
						coalesce(d.last_seen_at, d.created_at) as seen_at,
						exists (select 1 from pin p where p.device_id = d.id) as has_pin,
						exists (select 1 from biometric_key k where k.device_id = d.id) as has_key,
						exists (select 1 from app_session s where s.device_id = d.id and s.ended_at is null
							and s.last_used_at > :used and s.authenticated_at > :opened) as has_session
					from device d where d.customer_id = :customer) known
				where has_pin or has_key or has_session order by seen_at desc, id fetch first 100 rows only
				""")
			.bind("used", Columns.at(usedSince))
			.bind("opened", Columns.at(openedSince))
			.bind("customer", customer.id())
			.map((row) -> summary(row, customer.device()))
			.all()
			.collectList());
	}

	private static DeviceSummary summary(Readable row, String current) {
		return DeviceSummary.of(Columns.text(row, "id"), row.get("name", String.class),
				row.get("platform", String.class), row.get("os_version", String.class),
				row.get("app_version", String.class), Columns.time(row, "seen_at"), is(row, "has_pin"),
				is(row, "has_key"), Columns.text(row, "thumbprint").equals(current));
	}

	private static boolean is(Readable row, String column) {
		return Boolean.TRUE.equals(row.get(column, Boolean.class));
	}

	/**
	 * A customer's device by its name.
	 * @param id as given out at sign-in
	 * @param customerId whose it is
	 * @return the device; empty if the customer has none of that name
	 */
	public Mono<Device> owned(String id, String customerId) {
		return this.database
			.step(this.database.sql("select thumbprint from device where id = :id and customer_id = :customer")
				.bind("id", id)
				.bind("customer", customerId)
				.map((row) -> new Device(id, customerId, Columns.text(row, "thumbprint")))
				.one());
	}

	/**
	 * Takes from a device everything that opens a session on it without the password.
	 * @param device the device
	 * @return once it is gone
	 */
	public Mono<Void> disarm(Device device) {
		Mono<Void> work = this.database.sql("select id from device where id = :device for update")
			.bind("device", device.id())
			.map((row) -> Columns.text(row, "id"))
			.one()
			.then(delete("pin", device))
			.then(delete("biometric_key", device))
			.then(delete("biometric_challenge", device));
		return this.database.whole(work);
	}

	private Mono<Void> delete(String table, Device device) {
		return this.database.sql("delete from " + table + " where device_id = :device")
			.bind("device", device.id())
			.then();
	}

}
