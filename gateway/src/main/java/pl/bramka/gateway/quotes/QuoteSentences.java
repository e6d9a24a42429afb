package pl.bramka.gateway.quotes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.wording.Wording;

import org.springframework.stereotype.Component;

/**
 * What a quote says to a person: one file a language, {@code quotes/sentences_*}. No
 * sentence counts anything, so that none has to agree with a number.
 */
@Component
final class QuoteSentences {

	private final Wording wording = Wording.of("quotes");

	/** Why there is a fee or none, and what would make the payment free. */
	String of(Basket basket, Language language) {
		if (basket.free()) {
			return this.wording.say(language, "free");
		}
		List<String> parts = new ArrayList<>();
		parts.add(this.wording.say(language, "fee", basket.fee()));
		parts.add(this.wording.say(language, "rule"));
		for (Missing missing : Missing.values()) {
			List<String> lacking = basket.documents()
				.stream()
				.filter((document) -> document.missing().contains(missing))
				.map(QuotedDocument::id)
				.toList();
			if (lacking.size() == basket.documents().size()) {
				parts.add(this.wording.say(language, key(missing)));
			}
			else if (!lacking.isEmpty()) {
				parts.add(this.wording.say(language, key(missing) + "-for", String.join(", ", lacking)));
			}
		}
		if (basket.documents().stream().anyMatch(QuotedDocument::free)) {
			parts.add(this.wording.say(language, "apart"));
		}
		return String.join(" ", parts);
	}

	private static String key(Missing missing) {
		return "no-" + missing.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
