package pl.bramka.gateway.biometric;

import java.time.Clock;
import java.time.Instant;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.device.Device;

import org.springframework.stereotype.Component;

/**
 * The open challenges, in the database that all nodes share: whichever node gave one out,
 * it is good once. Stored as hashes.
 */
@Component
final class Challenges {

	private final Database database;

	private final BiometricProperties settings;

	private final Clock clock;

	Challenges(Database database, BiometricProperties settings, Clock clock) {
		this.database = database;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Gives a challenge out. A device that is unknown, has another key than the one that
	 * signed the proof, or could not answer gets one like any other, that nothing knows.
	 */
	Mono<Challenge> give(String deviceId, String thumbprint, Purpose purpose) {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			Challenge challenge = Challenge.until(now.plus(this.settings.challengeLifetime()));
			String hash = Challenge.hash(challenge.challenge());
			// The lock makes the bound hold for requests that come together.
			Mono<Void> work = this.database
				.sql("select id from device where id = :id and thumbprint = :key"
						+ ((purpose == Purpose.SIGN_IN)
								? " and exists (select 1 from biometric_key k where k.device_id = device.id)" : "")
						+ " for update")
				.bind("id", deviceId)
				.bind("key", thumbprint)
				.map((row) -> Columns.text(row, "id"))
				.one()
				.flatMap((id) -> makeRoom(id, now).then(insert(id, hash, purpose, challenge.expiresAt())));
			return this.database.whole(work).thenReturn(challenge);
		}).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<Void> makeRoom(String deviceId, Instant now) {
		return this.database.sql("""
				delete from biometric_challenge where device_id = :device and (expires_at <= :now or hash not in (
					select latest.hash from (select c.hash from biometric_challenge c
						where c.device_id = :device and c.expires_at > :now
						order by c.expires_at desc, c.hash fetch first %d rows only) latest))
				""".formatted(this.settings.openChallenges() - 1))
			.bind("device", deviceId)
			.bind("now", Columns.at(now))
			.then();
	}

	private Mono<Void> insert(String deviceId, String hash, Purpose purpose, Instant expiresAt) {
		return this.database.sql("""
				insert into biometric_challenge (hash, device_id, purpose, expires_at)
				values (:hash, :device, :purpose, :expires)
				""")
			.bind("hash", hash)
			.bind("device", deviceId)
			.bind("purpose", purpose.name())
			.bind("expires", Columns.at(expiresAt))
			.then();
	}

	/**
	 * Uses a challenge up.
	 * @return whether it was open, for this device and purpose
	 */
	Mono<Boolean> use(String challenge, Device device, Purpose purpose) {
		return this.database.step(this.database.sql("""
				delete from biometric_challenge
				where hash = :hash and device_id = :device and purpose = :purpose and expires_at > :now
				""")
			.bind("hash", Challenge.hash(challenge))
			.bind("device", device.id())
			.bind("purpose", purpose.name())
			.bind("now", Columns.at(this.clock.instant()))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows == 1));
	}

}
