package pl.bramka.gateway.readings;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.meters.PastReading;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.readingrules.ReadValue;
import pl.bramka.gateway.readingrules.ReadingKind;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * Readings in the database, as statements for a caller's step or transaction. A day of a
 * meter is one column with a unique key, so that no two readings can have it, at whatever
 * nodes they arrive; a reading that was refused gives it back.
 */
@Component
final class ReadingStore {

	private static final String ALL = """
			select id, customer_id, meter_id, kind, confirmed, read_values, arrived_at, read_on, state, sent, refusal,
				billed_amount, billed_currency, invoice_id
			from meter_reading where\s""";

	private final Database database;

	ReadingStore(Database database) {
		this.database = database;
	}

	/**
	 * A reading that somebody is to tell billing.
	 *
	 * @param id the reading's
	 * @param since since when
	 */
	record Due(String id, Instant since) {
	}

	/**
	 * Writes a reading down, to be looked at from some time on; whether its day was free.
	 */
	Mono<Boolean> insert(StoredReading reading, Instant lookAt) {
		return this.database.sql("""
				insert into meter_reading (id, customer_id, meter_id, kind, confirmed, read_values, arrived_at, read_on,
					state, sent, meter_day, next_look_at)
				values (:id, :customer, :meter, :kind, :confirmed, :values, :arrived, :on, :state, :sent, :day, :look)
				on conflict do nothing
				""")
			.bind("id", reading.id())
			.bind("customer", reading.customerId())
			.bind("meter", reading.meterId())
			.bind("kind", reading.kind().name())
			.bind("confirmed", reading.confirmed())
			.bind("values", text(reading.values()))
			.bind("arrived", Columns.at(reading.arrivedAt()))
			.bind("on", reading.on())
			.bind("state", reading.state().name())
			.bind("sent", reading.sent())
			.bind("day", reading.meterId() + "/" + reading.on())
			.bind("look", Columns.at(lookAt))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows > 0);
	}

	/** A customer's reading; empty if it is not there or not theirs. */
	Mono<StoredReading> find(String customerId, String id) {
		return of(id, ALL + "id = :id and customer_id = :customer").bind("customer", customerId)
			.map(ReadingStore::reading)
			.one();
	}

	/** A reading that waits; empty if it does not any more. */
	Mono<StoredReading> waiting(String id) {
		return of(id, ALL + "id = :id and state = 'KEPT'").map(ReadingStore::reading).one();
	}

	/** What a customer gave for a meter, the latest first. */
	Mono<List<StoredReading>> of(String customerId, String meterId, LocalDate since) {
		return this.database.sql(ALL
				+ "customer_id = :customer and meter_id = :meter and read_on >= :since order by arrived_at desc, id")
			.bind("customer", customerId)
			.bind("meter", meterId)
			.bind("since", since)
			.map(ReadingStore::reading)
			.all()
			.collectList();
	}

	/** Whether an earlier reading of the same meter waits still. */
	Mono<Boolean> waitsForAnother(StoredReading reading) {
		return this.database.sql("""
				select count(*) as earlier from meter_reading
				where meter_id = :meter and state = 'KEPT' and arrived_at < :arrived
				""")
			.bind("meter", reading.meterId())
			.bind("arrived", Columns.at(reading.arrivedAt()))
			.map((row) -> Objects.requireNonNull(row.get("earlier", Long.class)) > 0)
			.one();
	}

	/** Readings that somebody is to tell billing: of each meter the earliest only. */
	Flux<Due> due(Instant now, int most) {
		return this.database.sql("""
				select id, next_look_at from meter_reading due where next_look_at <= :now and not exists (
					select 1 from meter_reading earlier where earlier.meter_id = due.meter_id
						and earlier.state = 'KEPT' and earlier.arrived_at < due.arrived_at)
				order by arrived_at fetch first :most rows only
				""")
			.bind("now", Columns.at(now))
			.bind("most", most)
			.map((row) -> new Due(Columns.text(row, "id"), Columns.time(row, "next_look_at")))
			.all();
	}

	/** How many wait. */
	Mono<Long> countWaiting() {
		return this.database.sql("select count(*) as waiting from meter_reading where state = 'KEPT'")
			.map((row) -> Objects.requireNonNull(row.get("waiting", Long.class)))
			.one();
	}

	/** Takes the telling upon oneself for a while; whether nobody else has. */
	Mono<Boolean> lease(Due due, Instant until) {
		return of(due.id(), "update meter_reading set next_look_at = :until where id = :id and next_look_at = :seen")
			.bind("until", Columns.at(until))
			.bind("seen", Columns.at(due.since()))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows > 0);
	}

	/** Billing may see it from now on. */
	Mono<Void> sending(String id) {
		return of(id, "update meter_reading set sent = true where id = :id and state = 'KEPT'").then();
	}

	/** It waits on. */
	Mono<Void> wait(String id, boolean sent, Instant lookAt) {
		return of(id, "update meter_reading set sent = :sent, next_look_at = :look where id = :id and state = 'KEPT'")
			.bind("sent", sent)
			.bind("look", Columns.at(lookAt))
			.then();
	}

	/** Billing has it; whether that was not known before. */
	Mono<Boolean> taken(StoredReading taken, Instant now) {
		PastReading.Billed billed = taken.billed();
		GenericExecuteSpec statement = of(taken.id(), """
				update meter_reading set state = :state, sent = true, next_look_at = null, settled_at = :now,
					billed_amount = :amount, billed_currency = :currency, invoice_id = :invoice
				where id = :id and state = 'KEPT'
				""").bind("state", taken.state().name()).bind("now", Columns.at(now));
		GenericExecuteSpec bound = (billed != null)
				? statement.bind("amount", billed.amount().amount())
					.bind("currency", billed.amount().currency())
					.bind("invoice", billed.invoiceId())
				: statement.bindNull("amount", Long.class)
					.bindNull("currency", String.class)
					.bindNull("invoice", String.class);
		return bound.fetch().rowsUpdated().map((rows) -> rows > 0);
	}

	/** Billing will not have it: its day is free. */
	Mono<Void> refused(String id, ProblemCode code, Instant now) {
		return of(id, """
				update meter_reading set state = 'REFUSED', refusal = :code, next_look_at = null, settled_at = :now,
					meter_day = null
				where id = :id and state = 'KEPT'
				""").bind("code", code.name()).bind("now", Columns.at(now)).then();
	}

	/** As if it had not come. */
	Mono<Void> forget(String id) {
		return of(id, "delete from meter_reading where id = :id and state = 'KEPT'").then();
	}

	/** Removes a few of those that were settled before a time; the number of them. */
	Mono<Long> removeSettled(Instant before, int batch) {
		return this.database.sql("""
				delete from meter_reading where id in (select id from meter_reading where settled_at < :before
					order by settled_at fetch first :batch rows only)
				""").bind("before", Columns.at(before)).bind("batch", batch).fetch().rowsUpdated();
	}

	private GenericExecuteSpec of(String id, String statement) {
		return this.database.sql(statement).bind("id", id);
	}

	private static String text(List<ReadValue> values) {
		return values.stream()
			.map((value) -> value.register() + "=" + value.value().toPlainString())
			.collect(Collectors.joining(";"));
	}

	private static List<ReadValue> values(String text) {
		return Arrays.stream(text.split(";", -1)).map((value) -> {
			int sign = value.lastIndexOf('=');
			return new ReadValue(value.substring(0, sign), new BigDecimal(value.substring(sign + 1)));
		}).toList();
	}

	private static StoredReading reading(Readable row) {
		String refusal = row.get("refusal", String.class);
		return new StoredReading(Columns.text(row, "id"), Columns.text(row, "customer_id"),
				Columns.text(row, "meter_id"), ReadingKind.valueOf(Columns.text(row, "kind")),
				Boolean.TRUE.equals(row.get("confirmed", Boolean.class)), values(Columns.text(row, "read_values")),
				Columns.time(row, "arrived_at"), Objects.requireNonNull(row.get("read_on", LocalDate.class)),
				Reading.State.valueOf(Columns.text(row, "state")), Boolean.TRUE.equals(row.get("sent", Boolean.class)),
				(refusal != null) ? ProblemCode.valueOf(refusal) : null, billed(row));
	}

	private static PastReading.@Nullable Billed billed(Readable row) {
		Long amount = row.get("billed_amount", Long.class);
		return (amount != null) ? new PastReading.Billed(new Money(amount, Columns.text(row, "billed_currency")),
				Columns.text(row, "invoice_id")) : null;
	}

}
