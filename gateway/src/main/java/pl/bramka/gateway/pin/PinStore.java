package pl.bramka.gateway.pin;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.pin.PinHashes.Hash;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * PINs in the database. {@code tries} are those taken and not forgotten, {@code wrong}
 * those of them that were decided and wrong; the others are under way, on whatever node.
 * Whoever changes both tables changes {@code pin} first, so that nobody waits in a ring.
 */
@Component
final class PinStore {

	private static final ZoneId DAYS = ZoneId.of("Europe/Warsaw");

	private final Database database;

	private final PinDays days;

	private final PinProperties settings;

	private final Clock clock;

	PinStore(Database database, PinDays days, PinProperties settings, Clock clock) {
		this.database = database;
		this.days = days;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * What came of asking for a try.
	 *
	 * @param state what
	 * @param tried the try; one that is counted nowhere if there is none
	 */
	record Taken(State state, Try tried) {
	}

	/**
	 * What can come of asking for a try.
	 */
	enum State {

		/** It is counted. */
		TAKEN,

		/** All tries are taken, and some of them are not decided yet. */
		BUSY,

		/** There is no PIN. */
		NONE,

		/** All tries were taken, and their nodes have died: the PIN is erased now. */
		ERASED,

		/** The customer had all wrong tries of a day. */
		DAY_OVER

	}

	/** What is counted for one PIN. */
	private record Counts(int tries, int wrong, Instant setAt, Hash hash) {

		static Counts of(Readable row) {
			return new Counts(number(row, "tries"), number(row, "wrong"), Columns.time(row, "set_at"), hashOf(row));
		}

	}

	/**
	 * Counts a try, in one statement that any number of nodes can run at once. Tries that
	 * were under way for too long are wrong from now on.
	 */
	Mono<Taken> take(String deviceId, String customerId) {
		Instant now = this.clock.instant();
		LocalDate day = LocalDate.ofInstant(now, DAYS);
		return this.database.whole(this.database.sql("""
				update pin set tries = tries + 1, wrong = case when tried_at < :abandoned then tries else wrong end,
					tried_at = :now
				where device_id = :device and tries < :most
				""")
			.bind("abandoned", Columns.at(now.minus(this.settings.abandoned())))
			.bind("now", Columns.at(now))
			.bind("device", deviceId)
			.bind("most", this.settings.tries())
			.fetch()
			.rowsUpdated()
			.flatMap((rows) -> (rows > 0) ? takeOfTheDay(deviceId, customerId, day)
					: without(deviceId, customerId, day, now)));
	}

	private Mono<Taken> takeOfTheDay(String deviceId, String customerId, LocalDate day) {
		return counts(deviceId).flatMap((counts) -> this.days.take(customerId, day)
			.flatMap((left) -> left
					? Mono
						.just(new Taken(State.TAKEN, new Try(deviceId, customerId, day, counts.setAt(), counts.hash())))
					: untake(deviceId, counts).map((state) -> new Taken(state, Try.ofNobody(customerId, day)))));
	}

	/** The row is still ours: nobody saw the try that is taken back here. */
	private Mono<State> untake(String deviceId, Counts counts) {
		boolean others = counts.tries() - 1 > counts.wrong();
		return this.database.sql("update pin set tries = tries - 1 where device_id = :device")
			.bind("device", deviceId)
			.then()
			.thenReturn(others ? State.BUSY : State.DAY_OVER);
	}

	/** There is no PIN, or all its tries are taken. */
	private Mono<Taken> without(String deviceId, String customerId, LocalDate day, Instant now) {
		return counts(deviceId)
			.flatMap((counts) -> this.database
				.sql("delete from pin where device_id = :device and tries >= :most and tried_at < :abandoned")
				.bind("device", deviceId)
				.bind("most", this.settings.tries())
				.bind("abandoned", Columns.at(now.minus(this.settings.abandoned())))
				.fetch()
				.rowsUpdated())
			.map((rows) -> new Taken((rows > 0) ? State.ERASED : State.BUSY, Try.ofNobody(customerId, day)))
			.switchIfEmpty(this.days.takeOfNobody(day).map((nobodys) -> new Taken(State.NONE, nobodys)));
	}

	private Mono<Counts> counts(String deviceId) {
		return this.database.sql("select tries, wrong, set_at, hash, pepper from pin where device_id = :device")
			.bind("device", deviceId)
			.map(Counts::of)
			.one();
	}

	/**
	 * The PIN was right: it and the wrong ones before it are forgotten, and those under
	 * way are not.
	 */
	Mono<Void> right(Try tried) {
		return this.database.whole(ofPin("""
				update pin set tries = case when tries > wrong then tries - wrong - 1 else 0 end, wrong = 0
				where device_id = :device and set_at = :set
				""", tried).then().then(this.days.giveBack(tried)));
	}

	/**
	 * The PIN was wrong.
	 * @return whether it was the last try, and the PIN is erased now
	 */
	Mono<Boolean> wrong(Try tried) {
		return this.database.whole(ofPin("update pin set wrong = wrong + 1 where device_id = :device and set_at = :set",
				tried)
			.then()
			.then(ofPin(
					"delete from pin where device_id = :device and set_at = :set and wrong >= " + this.settings.tries(),
					tried)
				.fetch()
				.rowsUpdated()
				.map((rows) -> rows > 0)));
	}

	/** The verdict on what was no try: it takes as long, and a customer's day stays. */
	Mono<Void> wrongOfNobody(Try nobodys) {
		return this.database.whole(this.days.decideOfNobody(nobodys)
			.then(ofPin("delete from pin where device_id = :device and set_at = :set", nobodys).then()));
	}

	/** The try counts as if it had not been. */
	Mono<Void> giveBack(Try tried) {
		return this.database.whole(
				ofPin("update pin set tries = tries - 1 where device_id = :device and set_at = :set and tries > wrong",
						tried)
					.then()
					.then(this.days.giveBack(tried)));
	}

	/** The same PIN, hashed anew. */
	Mono<Void> renew(Try tried, Hash hash) {
		return this.database
			.step(ofPin("update pin set hash = :hash, pepper = :pepper where device_id = :device and set_at = :set",
					tried)
				.bind("hash", hash.value())
				.bind("pepper", hash.pepper())
				.then());
	}

	/**
	 * A new PIN, with nothing counted against it, if the session is still open: a device
	 * that is being removed gets none.
	 * @return whether it did
	 */
	Mono<Boolean> set(String deviceId, String sessionId, Hash hash) {
		return this.database.whole(this.database.sql("select id from device where id = :device for update")
			.bind("device", deviceId)
			.map((row) -> Columns.text(row, "id"))
			.one()
			.flatMap((locked) -> this.database
				.sql("select id from app_session where id = :session and device_id = :device and ended_at is null")
				.bind("session", sessionId)
				.bind("device", deviceId)
				.map((row) -> Columns.text(row, "id"))
				.one())
			.flatMap((open) -> put(deviceId, hash).thenReturn(true))
			.defaultIfEmpty(false));
	}

	private Mono<Void> put(String deviceId, Hash hash) {
		Instant now = this.clock.instant();
		return ofHash("""
				update pin set hash = :hash, pepper = :pepper, tries = 0, wrong = 0, tried_at = null, set_at = :now
				where device_id = :device
				""", deviceId, hash, now).fetch().rowsUpdated().filter((rows) -> rows == 0).flatMap((none) -> ofHash("""
				insert into pin (device_id, hash, pepper, tries, wrong, set_at)
				values (:device, :hash, :pepper, 0, 0, :now) on conflict do nothing
				""", deviceId, hash, now).then());
	}

	/**
	 * Removes a PIN.
	 * @return whether there was one
	 */
	Mono<Boolean> remove(String deviceId) {
		return this.database.step(this.database.sql("delete from pin where device_id = :device")
			.bind("device", deviceId)
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows > 0));
	}

	/** The hash of a device's PIN; empty if it has none. */
	Mono<Hash> find(String deviceId) {
		return this.database.step(this.database.sql("select hash, pepper from pin where device_id = :device")
			.bind("device", deviceId)
			.map(PinStore::hashOf)
			.one());
	}

	private GenericExecuteSpec ofPin(String statement, Try tried) {
		return this.database.sql(statement).bind("device", tried.deviceId()).bind("set", Columns.at(tried.setAt()));
	}

	private GenericExecuteSpec ofHash(String statement, String deviceId, Hash hash, Instant now) {
		return this.database.sql(statement)
			.bind("device", deviceId)
			.bind("hash", hash.value())
			.bind("pepper", hash.pepper())
			.bind("now", Columns.at(now));
	}

	private static Hash hashOf(Readable row) {
		return new Hash(Columns.text(row, "hash"), Columns.text(row, "pepper"));
	}

	private static int number(Readable row, String column) {
		return Objects.requireNonNull(row.get(column, Integer.class));
	}

}
