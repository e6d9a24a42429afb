package pl.bramka.mocks.personas;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Many customers for a load: anna, jan and maria again and again, each under numbers, an
 * e-mail address and a name of her own, so that what is told of one is never what is told
 * of another.
 */
public final class Crowd {

	/** Their numbers differ in three digits, of which personas have those from 300. */
	public static final int MOST = 190;

	private static final int FIRST = 110;

	private static final List<String> SITUATIONS = List.of("anna", "jan", "maria");

	/** A number of a customer, in quotes: three digits of it tell whose it is. */
	private static final Pattern NUMBER = Pattern.compile("\"(\\d{2})(\\d{3})(\\d{3,13})\"");

	private Crowd() {
	}

	/**
	 * Their files, as those of the personas.
	 * @param size how many, at most {@value #MOST}
	 */
	public static List<String> files(int size) {
		return IntStream.range(0, size).mapToObj(Crowd::file).toList();
	}

	/**
	 * What one is called: {@code anna110}, {@code jan111}, {@code maria112}, and so on.
	 * @param index from 0
	 */
	public static String name(int index) {
		return situation(index) + (FIRST + index);
	}

	/**
	 * The last name of one, which nobody else has.
	 * @param index from 0
	 */
	public static String lastName(int index) {
		return "kanarek" + (FIRST + index);
	}

	private static String situation(int index) {
		return SITUATIONS.get(index % SITUATIONS.size());
	}

	private static String file(int index) {
		if (index >= MOST) {
			throw new IllegalArgumentException("at most " + MOST);
		}
		String situation = situation(index);
		String number = String.valueOf(FIRST + index);
		return NUMBER.matcher(Personas.file(situation))
			.replaceAll("\"$1" + number + "$3\"")
			.replace("\"" + situation + "\"", "\"" + name(index) + "\"")
			.replace("\"" + situation + "@", "\"" + name(index) + "@")
			.replaceFirst("\"subject\": \"....", "\"subject\": \"0" + number)
			.replaceFirst("\"lastName\": \"[^\"]+\"", "\"lastName\": \"" + lastName(index) + "\"")
			.replaceFirst("\\+48\\d{3}", "+48" + number);
	}

}
