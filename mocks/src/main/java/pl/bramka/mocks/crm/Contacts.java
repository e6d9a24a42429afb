package pl.bramka.mocks.crm;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.Filter;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.SapFault;
import pl.bramka.mocks.sap.Table;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * E-mail addresses, or mobile phones: each account has some, and one of them is the
 * standard one.
 */
final class Contacts {

	private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,177}");

	private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ]{7,20}");

	private static final int MOST = 20;

	private final String property;

	private final Pattern valid;

	private final Set<String> accounts;

	private final Table table;

	private Contacts(Personas personas, String property, Pattern valid, Function<Persona, String> first) {
		this.property = property;
		this.valid = valid;
		this.accounts = personas.all().stream().map(Persona::accountId).collect(Collectors.toSet());
		this.table = new Table(personas.all()
			.stream()
			.map((persona) -> row(persona.accountId(), 1, first.apply(persona), true))
			.toList());
	}

	static Contacts emails(Personas personas) {
		return new Contacts(personas, "Email", EMAIL, Persona::email);
	}

	static Contacts phones(Personas personas) {
		return new Contacts(personas, "PhoneNo", PHONE, Persona::phone);
	}

	Table table() {
		return this.table;
	}

	/** Adds a contact; a new standard one takes the flag from the old. */
	synchronized Row add(ObjectNode body) {
		String account = body.path("AccountID").stringValue("");
		String value = body.path(this.property).stringValue("");
		if (!this.accounts.contains(account)) {
			throw SapFault.absent("Account");
		}
		if (!this.valid.matcher(value).matches()) {
			throw SapFault.business("AM/206", "Nieprawidłowy adres lub numer", this.property);
		}
		List<Row> present = this.table.matching(Filter.equal("AccountID", account));
		if (present.size() >= MOST) {
			throw SapFault.business("AM/207", "Za dużo adresów lub numerów", this.property);
		}
		int last = present.stream().mapToInt((row) -> Integer.parseInt(row.text("SequenceNo"))).max().orElse(0);
		boolean standard = flag(body.path("StandardFlag"));
		if (standard) {
			this.table.change(Filter.equal("AccountID", account), (row) -> row.with("StandardFlag", false));
		}
		Row row = row(account, last + 1, value, standard);
		this.table.add(row);
		return row;
	}

	synchronized void remove(Row row) {
		this.table.remove(Filter.equal("AccountID", row.text("AccountID"))
			.and(Filter.equal("SequenceNo", row.text("SequenceNo"))));
	}

	void reset() {
		this.table.reset();
	}

	private Row row(String account, int sequence, String value, boolean standard) {
		return Row.of("AccountID", account, "SequenceNo", String.format(Locale.ROOT, "%03d", sequence), this.property,
				value, "StandardFlag", standard);
	}

	private static boolean flag(JsonNode value) {
		return value.isBoolean() ? value.booleanValue() : value.stringValue("").equals("X");
	}

}
