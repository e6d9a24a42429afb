package pl.bramka.gateway.messages;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.keys.Pseudonyms;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Component;

/**
 * What was sent to CRM, without its text. The row of a message is taken by one
 * conditional statement: whoever takes it sends it.
 */
@Component
final class MessageStore {

	private static final String SAME = " where customer_id = :customer and content = :content";

	private static final String HELD = SAME + " and sent_at = :sent and ticket is null";

	private final Database database;

	private final Pseudonyms pseudonyms;

	private final MessageProperties settings;

	private final Clock clock;

	MessageStore(Database database, Pseudonyms pseudonyms, MessageProperties settings, Clock clock) {
		this.database = database;
		this.pseudonyms = pseudonyms;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * A message that was sent, or is being sent.
	 *
	 * @param customerId whose
	 * @param content names what it says
	 * @param reference by which CRM's record is found
	 * @param sentAt when it was sent last
	 * @param ticket the number of CRM's record; null while it is not known whether there
	 * is one
	 */
	record Sent(String customerId, String content, String reference, Instant sentAt, @Nullable String ticket) {
	}

	/** Takes a message that was not sent yet; empty if it was. */
	Mono<Sent> claim(String customerId, Message message) {
		Instant now = now();
		String content = content(message);
		Sent sent = new Sent(customerId, content, reference(customerId, content, now), now, null);
		return this.database.step(of(sent, """
				insert into customer_message (customer_id, content, reference, sent_at)
				values (:customer, :content, :reference, :now) on conflict do nothing
				""").bind("reference", sent.reference())
			.bind("now", Columns.at(now))
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.map((rows) -> sent));
	}

	/** A message that was sent before. */
	Mono<Sent> find(String customerId, Message message) {
		String content = content(message);
		return this.database.step(this.database.sql("select reference, sent_at, ticket from customer_message" + SAME)
			.bind("customer", customerId)
			.bind("content", content)
			.map((row) -> new Sent(customerId, content, Columns.text(row, "reference"), Columns.time(row, "sent_at"),
					row.get("ticket", String.class)))
			.one());
	}

	/** Takes a message to send it once more; empty if somebody else was quicker. */
	Mono<Sent> again(Sent old, boolean anew) {
		Instant now = now();
		String reference = anew ? reference(old.customerId(), old.content(), now) : old.reference();
		return this.database.step(of(old,
				"update customer_message set reference = :reference, sent_at = :now," + " ticket = null" + SAME
						+ " and sent_at = :sent")
			.bind("reference", reference)
			.bind("now", Columns.at(now))
			.bind("sent", Columns.at(old.sentAt()))
			.fetch()
			.rowsUpdated()
			.filter((rows) -> rows > 0)
			.map((rows) -> new Sent(old.customerId(), old.content(), reference, now, null)));
	}

	/** Whether this is the first to say so. */
	Mono<Boolean> known(Sent sent, String ticket) {
		return this.database.step(of(sent, "update customer_message set ticket = :ticket" + HELD).bind("ticket", ticket)
			.bind("sent", Columns.at(sent.sentAt()))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows > 0));
	}

	/** CRM has no record of it, for certain. */
	Mono<Void> forget(Sent sent) {
		return this.database
			.step(of(sent, "delete from customer_message" + HELD).bind("sent", Columns.at(sent.sentAt())).then());
	}

	/** Removes a few of those that were kept long enough; the number of them. */
	Mono<Long> forgetOld() {
		return this.database.step(this.database.sql("""
				delete from customer_message where (customer_id, content) in (
					select customer_id, content from customer_message where sent_at < :then
					order by sent_at fetch first :batch rows only)
				""")
			.bind("then", Columns.at(now().minus(this.settings.kept())))
			.bind("batch", this.settings.batch())
			.fetch()
			.rowsUpdated());
	}

	private GenericExecuteSpec of(Sent sent, String statement) {
		return this.database.sql(statement).bind("customer", sent.customerId()).bind("content", sent.content());
	}

	private String content(Message message) {
		return this.pseudonyms.of(message.hash());
	}

	/** Another one each time the message is sent as a new one. */
	private String reference(String customerId, String content, Instant now) {
		return this.pseudonyms.of(customerId + "\n" + content + "\n" + now);
	}

	/** As exact as the database keeps it: whoever holds a row names it. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
