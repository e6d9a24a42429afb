package pl.bramka.gateway.biometric;

import java.text.ParseException;
import java.time.Instant;

import com.nimbusds.jose.jwk.ECKey;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.device.Device;

import org.springframework.stereotype.Component;

/**
 * The keys behind fingerprints in the database, public parts only: one for each device.
 */
@Component
final class BiometricKeys {

	private final Database database;

	BiometricKeys(Database database) {
		this.database = database;
	}

	/** The device's key; empty if none is enrolled. */
	Mono<ECKey> of(Device device) {
		return this.database
			.step(this.database.sql("select public_key from biometric_key where device_id = :device")
				.bind("device", device.id())
				.map((row) -> Columns.text(row, "public_key"))
				.one())
			.map(BiometricKeys::read);
	}

	/**
	 * Puts a key in the place of the one before, if the session is still open: a device
	 * that is being removed gets none.
	 * @return whether it did
	 */
	Mono<Boolean> set(Device device, String sessionId, ECKey key, Instant now) {
		String text = key.toPublicJWK().toJSONString();
		Mono<Boolean> work = this.database.sql("select id from device where id = :device for update")
			.bind("device", device.id())
			.map((row) -> Columns.text(row, "id"))
			.one()
			.flatMap((locked) -> delete(device))
			.flatMap((rows) -> this.database.sql("""
					insert into biometric_key (device_id, public_key, enrolled_at)
					select s.device_id, cast(:key as varchar(1000)), cast(:now as timestamp with time zone)
					from app_session s
					where s.id = :session and s.device_id = :device and s.ended_at is null
					""")
				.bind("key", text)
				.bind("now", Columns.at(now))
				.bind("session", sessionId)
				.bind("device", device.id())
				.fetch()
				.rowsUpdated())
			.map((rows) -> rows == 1);
		return this.database.whole(work);
	}

	/**
	 * Removes the device's key.
	 * @return whether there was one
	 */
	Mono<Boolean> remove(Device device) {
		return this.database.step(delete(device)).map((rows) -> rows > 0);
	}

	private Mono<Long> delete(Device device) {
		return this.database.sql("delete from biometric_key where device_id = :device")
			.bind("device", device.id())
			.fetch()
			.rowsUpdated();
	}

	private static ECKey read(String jwk) {
		try {
			return ECKey.parse(jwk);
		}
		catch (ParseException ex) {
			throw new IllegalStateException("no key of ours is stored", ex);
		}
	}

}
