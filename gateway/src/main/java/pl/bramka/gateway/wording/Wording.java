package pl.bramka.gateway.wording;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;

/**
 * The sentences of one feature: the resources {@code <feature>/sentences_pl.properties}
 * and {@code _en}, which those who write for customers change without code. A sentence is
 * a {@link MessageFormat}; in it an apostrophe is written twice. One that counts stands
 * there once for each plural form, whole, as {@code key.one}, {@code key.few},
 * {@code key.many}, {@code key.other}, and the number is {@code {0}}.
 */
public final class Wording {

	private static final ResourceBundle.Control EXACT = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private final Map<Language, ResourceBundle> sentences = new EnumMap<>(Language.class);

	private Wording(String feature) {
		List<Map<String, Set<Plural>>> forms = new ArrayList<>();
		for (Language language : Language.values()) {
			ResourceBundle bundle = ResourceBundle.getBundle(feature + ".sentences",
					Locale.forLanguageTag(language.tag()), EXACT);
			this.sentences.put(language, bundle);
			forms.add(forms(bundle, Plural.formsOf(language)));
			// The platform reads its locale data when it is first used.
			Figures.amount(Money.zero("PLN"), language);
			Figures.day(LocalDate.EPOCH, language);
		}
		if (forms.stream().map(Map::keySet).distinct().count() > 1) {
			throw new IllegalStateException(feature + " does not say the same in all languages");
		}
	}

	/**
	 * Reads the sentences of a feature: when it is made, not when somebody is waiting.
	 * @param feature the folder of its resources
	 * @return its sentences
	 * @throws java.util.MissingResourceException if a language has none
	 * @throws IllegalStateException if a language lacks a sentence or a plural form
	 */
	public static Wording of(String feature) {
		return new Wording(feature);
	}

	/** Those that count are known by {@code key.}, so that none is both. */
	private static Map<String, Set<Plural>> forms(ResourceBundle bundle, Set<Plural> all) {
		Map<String, Set<Plural>> forms = new TreeMap<>();
		for (String key : bundle.keySet()) {
			Plural form = form(key);
			if (form == null) {
				forms.put(key, all);
			}
			else {
				forms
					.computeIfAbsent(key.substring(0, key.lastIndexOf('.') + 1), (name) -> EnumSet.noneOf(Plural.class))
					.add(form);
			}
		}
		forms.forEach((key, found) -> {
			if (!found.equals(all)) {
				throw new IllegalStateException(key + " has the forms " + found + " and not " + all);
			}
		});
		return forms;
	}

	private static @Nullable Plural form(String key) {
		String end = key.substring(key.lastIndexOf('.') + 1);
		return Arrays.stream(Plural.values()).filter((form) -> form.keyword().equals(end)).findFirst().orElse(null);
	}

	/**
	 * A sentence.
	 * @param language of the person
	 * @param key which
	 * @param values what goes into it: {@link Money} and {@link LocalDate} are written as
	 * the language does, and so are numbers; everything else as it is
	 * @return the sentence
	 */
	public String say(Language language, String key, Object... values) {
		String sentence = Objects.requireNonNull(this.sentences.get(language)).getString(key);
		Object[] written = Arrays.stream(values).map((value) -> written(value, language)).toArray();
		return new MessageFormat(sentence, Figures.locale(language)).format(written);
	}

	/**
	 * A sentence that counts.
	 * @param language of the person
	 * @param key which, without the plural form
	 * @param number how many, {@code {0}} in the sentence
	 * @param values what else goes into it, from {@code {1}} on; as of {@link #say}
	 * @return the sentence in the form that goes with the number
	 */
	public String count(Language language, String key, long number, Object... values) {
		Object[] all = new Object[values.length + 1];
		all[0] = number;
		System.arraycopy(values, 0, all, 1, values.length);
		return say(language, key + '.' + Plural.of(language, number).keyword(), all);
	}

	private static Object written(Object value, Language language) {
		return switch (value) {
			case Money money -> Figures.amount(money, language);
			case LocalDate day -> Figures.day(day, language);
			default -> value;
		};
	}

}
