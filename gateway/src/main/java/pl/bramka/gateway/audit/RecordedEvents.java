package pl.bramka.gateway.audit;

import java.time.Instant;
import java.util.List;

import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;

import org.springframework.stereotype.Component;

/**
 * The audit trail in the database.
 */
@Component
final class RecordedEvents {

	private final Database database;

	RecordedEvents(Database database) {
		this.database = database;
	}

	Mono<Void> add(RecordedEvent event) {
		return this.database.step(this.database.sql("""
				insert into security_event (happened_at, event, result, who, device, request_id)
				values (:at, :event, :result, :who, :device, :request)
				""")
			.bind("at", Columns.at(event.at()))
			.bind("event", event.event())
			.bind("result", event.result())
			.bind("who", event.who())
			.bind("device", event.device())
			.bind("request", event.requestId())
			.then());
	}

	/** What happened to somebody's access, the newest first. */
	Mono<List<RecordedEvent>> of(String who, int most) {
		return this.database.step(this.database.sql("""
				select happened_at, event, result, who, device, request_id from security_event
				where who = :who order by happened_at desc, id desc fetch first :most rows only
				""").bind("who", who).bind("most", most).map(RecordedEvents::event).all().collectList());
	}

	/**
	 * Removes some of what is older. Nodes that do so together get in nobody's way: one
	 * removes, the other finds nothing left of it.
	 * @return how many are gone
	 */
	Mono<Long> removeBefore(Instant then, int most) {
		return this.database.step(this.database.sql("""
				delete from security_event where id in (
					select id from security_event where happened_at < :then
					order by happened_at fetch first :most rows only)
				""").bind("then", Columns.at(then)).bind("most", most).fetch().rowsUpdated());
	}

	private static RecordedEvent event(Readable row) {
		return new RecordedEvent(Columns.time(row, "happened_at"), Columns.text(row, "event"),
				Columns.text(row, "result"), Columns.text(row, "who"), Columns.text(row, "device"),
				Columns.text(row, "request_id"));
	}

}
