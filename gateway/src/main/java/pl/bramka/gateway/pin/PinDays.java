package pl.bramka.gateway.pin;

import java.time.LocalDate;
import java.util.concurrent.ThreadLocalRandom;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Database;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * Wrong PINs of a customer in a day, on all devices; and of nobody, so that a database
 * that waits for its disk does not tell who has a PIN. What is here is part of a
 * transaction of {@link PinStore}.
 */
@Component
final class PinDays {

	/** What begins so is no customer; of so many pairs, few are written to at once. */
	private static final String NOBODY = "nobody-";

	private static final int NOBODIES = 64;

	private final Database database;

	private final PinProperties settings;

	PinDays(Database database, PinProperties settings) {
		this.database = database;
		this.settings = settings;
	}

	/**
	 * Counts a try as wrong until it is decided.
	 * @return whether the day had one left
	 */
	Mono<Boolean> take(String customerId, LocalDate day) {
		return begin(customerId, day)
			.then(statement("update pin_day set wrong = wrong + 1 where customer_id = :customer and counted_on = :day"
					+ " and wrong < " + this.settings.triesADay(), customerId, day)
				.fetch()
				.rowsUpdated())
			.map((rows) -> rows > 0);
	}

	/**
	 * As many statements as for a try, and as many rows to be written: the PIN's, and the
	 * day's.
	 */
	Mono<Try> takeOfNobody(LocalDate day) {
		int nobody = ThreadLocalRandom.current().nextInt(NOBODIES);
		Try nobodys = Try.ofNobody(NOBODY + nobody, day);
		String other = NOBODY + (NOBODIES + nobody);
		return statement("""
				insert into pin_day (customer_id, counted_on, wrong) values (:customer, :day, 0), (:other, :day, 0)
				on conflict do nothing
				""", nobodys.customerId(), day).bind("other", other)
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.flatMap((rows) -> forget(nobodys.customerId(), day).then(forget(other, day)))
			.then(statement("""
					update pin_day set wrong = wrong + 1
					where customer_id in (:customer, :other) and counted_on = :day
					""", nobodys.customerId(), day).bind("other", other).then())
			.thenReturn(nobodys);
	}

	/** What is written for a verdict. A customer's day stays as it is. */
	Mono<Void> decideOfNobody(Try nobodys) {
		int more = nobodys.customerId().startsWith(NOBODY) ? 1 : 0;
		return statement(
				"update pin_day set wrong = wrong + " + more + " where customer_id = :customer and counted_on = :day",
				nobodys.customerId(), nobodys.day())
			.then();
	}

	Mono<Void> giveBack(Try tried) {
		return statement("""
				update pin_day set wrong = wrong - 1
				where customer_id = :customer and counted_on = :day and wrong > 0
				""", tried.customerId(), tried.day()).then();
	}

	/** Of each customer one day is kept. */
	private Mono<Void> begin(String customerId, LocalDate day) {
		return statement("""
				insert into pin_day (customer_id, counted_on, wrong) values (:customer, :day, 0)
				on conflict do nothing
				""", customerId, day).fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.flatMap((rows) -> forget(customerId, day));
	}

	private Mono<Void> forget(String customerId, LocalDate before) {
		return statement("delete from pin_day where customer_id = :customer and counted_on < :day", customerId, before)
			.then();
	}

	private GenericExecuteSpec statement(String statement, String customerId, LocalDate day) {
		return this.database.sql(statement).bind("customer", customerId).bind("day", day);
	}

}
