package pl.bramka.mocks.crm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

	private static final String FIRST = "001";

	private final String property;

	private final Pattern valid;

	private final Set<String> accounts;

	private final Table table;

	/** The last number given out in each account: none is given out twice. */
	private final Map<String, Integer> numbers = new HashMap<>();

	/** What was accepted and is not yet done, in its order. */
	private final Deque<Runnable> waiting = new ArrayDeque<>();

	private boolean later;

	private boolean flagged;

	private boolean kept;

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

	/**
	 * Accepts changes from now on, and does them only when {@link #apply} is called.
	 * @param later or at once again, with what waits
	 */
	synchronized void applyLater(boolean later) {
		this.later = later;
		if (!later) {
			apply();
		}
	}

	/**
	 * Leaves the flag on the old standard contact when a new one comes, as an
	 * installation may that does not look after it.
	 * @param flagged or takes it off again
	 */
	synchronized void leaveOldFlagged(boolean flagged) {
		this.flagged = flagged;
	}

	/**
	 * Refuses to remove what was there at first, as an installation may that needs it
	 * elsewhere.
	 * @param kept or removes it
	 */
	synchronized void keepFirst(boolean kept) {
		this.kept = kept;
	}

	/** Does what waits. */
	synchronized void apply() {
		while (!this.waiting.isEmpty()) {
			this.waiting.removeFirst().run();
		}
	}

	private void change(Runnable change) {
		if (this.later) {
			this.waiting.addLast(change);
		}
		else {
			change.run();
		}
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
		int number = Math.max(last, this.numbers.getOrDefault(account, 0)) + 1;
		this.numbers.put(account, number);
		boolean standard = flag(body.path("StandardFlag"));
		Row row = row(account, number, value, standard);
		boolean takesFlag = standard && !this.flagged;
		change(() -> {
			if (takesFlag) {
				this.table.change(Filter.equal("AccountID", account), (each) -> each.with("StandardFlag", false));
			}
			this.table.add(row);
		});
		return row;
	}

	synchronized void remove(Row row) {
		if (this.kept && row.text("SequenceNo").equals(FIRST)) {
			throw SapFault.business("AM/208", "Nie można usunąć adresu lub numeru", "SequenceNo");
		}
		change(() -> this.table.remove(Filter.equal("AccountID", row.text("AccountID"))
			.and(Filter.equal("SequenceNo", row.text("SequenceNo")))));
	}

	synchronized void reset() {
		this.later = false;
		this.flagged = false;
		this.kept = false;
		this.waiting.clear();
		this.numbers.clear();
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
