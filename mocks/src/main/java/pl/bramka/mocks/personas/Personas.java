package pl.bramka.mocks.personas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Everybody the pretended systems know, in a fixed order.
 */
public final class Personas {

	/** The zone in which "today" and "billing month" are meant. */
	public static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private static final List<String> NAMES = List.of("anna", "jan", "maria", "piotr", "ewa", "firma", "tomek", "olga",
			"nowy");

	private final List<Persona> all;

	private Personas(List<Persona> all) {
		this.all = all;
	}

	/**
	 * Reads the personas as they stand today. Dates are fixed by this call: a process
	 * that runs past midnight keeps the day on which it loaded them.
	 * @param clock tells which day today is
	 */
	public static Personas load(Clock clock) {
		return load(clock, 0);
	}

	/**
	 * Reads the personas as they stand today, with a crowd behind them.
	 * @param clock tells which day today is
	 * @param crowd how many more, at most {@value Crowd#MOST}
	 */
	public static Personas load(Clock clock, int crowd) {
		return parse(clock, Stream.concat(NAMES.stream().map(Personas::file), Crowd.files(crowd).stream()).toList());
	}

	/**
	 * Personas written as the files are.
	 * @param clock tells which day today is
	 * @param files the content of a file for each
	 */
	public static Personas parse(Clock clock, List<String> files) {
		LocalDate today = LocalDate.now(clock.withZone(WARSAW));
		JsonMapper mapper = JsonMapper.builder()
			.addModule(new SimpleModule().addDeserializer(LocalDate.class, new DaysFromToday(today)))
			.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.build();
		return of(files.stream().map((file) -> mapper.readValue(file, Persona.class)).toList());
	}

	/**
	 * Personas of one's own, for a test that needs a situation which no file has.
	 */
	public static Personas of(List<Persona> personas) {
		return new Personas(List.copyOf(personas));
	}

	/** Everybody. */
	public List<Persona> all() {
		return this.all;
	}

	/**
	 * The persona of that name; a name that nobody has is a mistake of the caller.
	 */
	public Persona byName(String name) {
		return one((persona) -> persona.name().equals(name))
			.orElseThrow(() -> new IllegalArgumentException("No persona is called " + name));
	}

	/** The persona with that e-mail address, in whatever case it is written. */
	public Optional<Persona> byEmail(String email) {
		return one((persona) -> persona.email().equalsIgnoreCase(email));
	}

	/** The persona with that AccountID. */
	public Optional<Persona> byAccount(String accountId) {
		return one((persona) -> persona.accountId().equals(accountId));
	}

	private Optional<Persona> one(Predicate<Persona> wanted) {
		return this.all.stream().filter(wanted).findFirst();
	}

	/**
	 * The file of a persona.
	 * @param name as in its name
	 * @return its content
	 */
	public static String file(String name) {
		String resource = "/personas/" + name + ".json";
		try (InputStream in = Personas.class.getResourceAsStream(resource)) {
			if (in == null) {
				throw new IllegalStateException("There is no " + resource);
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
