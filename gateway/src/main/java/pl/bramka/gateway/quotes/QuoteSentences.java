package pl.bramka.gateway.quotes;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;

import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Language;

import org.springframework.stereotype.Component;

/**
 * What a quote says to a person: one file a language, {@code quotes/sentences_*}. No
 * sentence counts anything, so that none has to agree with a number.
 */
@Component
final class QuoteSentences {

	private static final ResourceBundle.Control EXACT = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private final Map<Language, ResourceBundle> sentences = new EnumMap<>(Language.class);

	/** Files are read at start, not when the first customer asks. */
	QuoteSentences() {
		for (Language language : Language.values()) {
			this.sentences.put(language, ResourceBundle.getBundle("quotes.sentences", locale(language), EXACT));
			money(Money.zero("PLN"), language);
		}
	}

	/** Why there is a fee or none, and what would make the payment free. */
	String of(Basket basket, Language language) {
		if (basket.free()) {
			return say(language, "free");
		}
		List<String> parts = new ArrayList<>();
		parts.add(say(language, "fee", money(basket.fee(), language)));
		parts.add(say(language, "rule"));
		for (Missing missing : Missing.values()) {
			List<String> lacking = basket.documents()
				.stream()
				.filter((document) -> document.missing().contains(missing))
				.map(QuotedDocument::id)
				.toList();
			if (lacking.size() == basket.documents().size()) {
				parts.add(say(language, key(missing)));
			}
			else if (!lacking.isEmpty()) {
				parts.add(say(language, key(missing) + "-for", String.join(", ", lacking)));
			}
		}
		if (basket.documents().stream().anyMatch(QuotedDocument::free)) {
			parts.add(say(language, "apart"));
		}
		return String.join(" ", parts);
	}

	private String say(Language language, String key, Object... values) {
		String sentence = Objects.requireNonNull(this.sentences.get(language)).getString(key);
		return new MessageFormat(sentence, locale(language)).format(values);
	}

	private static String key(Missing missing) {
		return "no-" + missing.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private String money(Money money, Language language) {
		NumberFormat format = NumberFormat.getNumberInstance(locale(language));
		format.setMinimumFractionDigits(2);
		return say(language, "money", format.format(BigDecimal.valueOf(money.amount(), 2)));
	}

	private static Locale locale(Language language) {
		return Locale.forLanguageTag(language.tag());
	}

}
