package pl.bramka.mocks.crm;

import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.SapFault;
import pl.bramka.mocks.sap.Table;
import tools.jackson.databind.node.ObjectNode;

/**
 * What customers wrote. The same message sent twice is two records with two numbers.
 */
final class Interactions {

	private static final int DESCRIPTION_LENGTH = 40;

	private final Table records = new Table(List.of());

	private final AtomicInteger made = new AtomicInteger();

	private final List<String> accounts;

	private final Clock clock;

	Interactions(Personas personas, Clock clock) {
		this.accounts = personas.all().stream().map(Persona::accountId).toList();
		this.clock = clock;
	}

	Table records() {
		return this.records;
	}

	/** Records a message and gives it its number. */
	Row record(ObjectNode body) {
		String account = text(body, "AccountID");
		if (!this.accounts.contains(account)) {
			throw SapFault.absent("Account");
		}
		String description = text(body, "Description");
		if (description.isEmpty() || description.length() > DESCRIPTION_LENGTH) {
			throw SapFault.business("CRM_IC/101", "Opis musi mieć od 1 do 40 znaków", "Description");
		}
		Row row = Row.of("InteractionRecordID",
				String.format(Locale.ROOT, "%010d", 8000000 + this.made.incrementAndGet()), "AccountID", account,
				"Description", description, "InteractionRecordReasonID", text(body, "InteractionRecordReasonID"),
				"ChannelID", text(body, "ChannelID"), "Note", text(body, "Note"), "IncomingFlag",
				body.path("IncomingFlag").booleanValue(true), "DocumentStatusID", "E0001", "CreatedAt",
				this.clock.instant());
		this.records.add(row);
		return row;
	}

	void reset() {
		this.records.reset();
		this.made.set(0);
	}

	private static String text(ObjectNode body, String name) {
		return body.path(name).stringValue("");
	}

}
