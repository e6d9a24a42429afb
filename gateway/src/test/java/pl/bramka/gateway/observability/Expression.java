package pl.bramka.gateway.observability;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an expression of PromQL speaks of: the metrics it names and the labels it asks
 * them for. Knows as much of the language as the rules and dashboards use.
 */
final class Expression {

	private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

	private static final Pattern GROUPING = Pattern
		.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

	private static final Pattern BARE_GROUPING = Pattern.compile("\\b(?:group_left|group_right|and|or|unless|bool)\\b");

	private static final Pattern DURATION = Pattern.compile("\\[[^]]*]");

	private static final Pattern METRIC = Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(\\(|\\{[^}]*})?");

	private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

	/** Labels that the scraping server adds. */
	private static final Set<String> OF_THE_SERVER = Set.of("job", "instance");

	private final String text;

	Expression(String text) {
		this.text = text;
	}

	/** One metric and the labels asked of it. */
	record Asked(String metric, Set<String> labels) {
	}

	Set<Asked> asked() {
		String plain = DURATION.matcher(STRING.matcher(this.text).replaceAll("\"\"")).replaceAll("");
		Set<String> grouping = GROUPING.matcher(plain)
			.results()
			.flatMap((group) -> Pattern.compile("\\s*,\\s*").splitAsStream(group.group(1).strip()))
			.filter((label) -> !label.isEmpty() && !label.equals("le"))
			.collect(Collectors.toSet());
		String rest = BARE_GROUPING.matcher(GROUPING.matcher(plain).replaceAll(" ")).replaceAll(" ");
		Set<Asked> asked = new LinkedHashSet<>();
		Matcher names = METRIC.matcher(rest);
		while (names.find()) {
			if (!"(".equals(names.group(2)) && !insideANumber(rest, names.start())) {
				asked.add(new Asked(names.group(1), labels(names.group(2), grouping)));
			}
		}
		return asked;
	}

	private static boolean insideANumber(String text, int at) {
		return at > 0 && Character.isDigit(text.charAt(at - 1));
	}

	private static Set<String> labels(String selector, Set<String> grouping) {
		Set<String> labels = new TreeSet<>(grouping);
		if (selector != null) {
			LABEL.matcher(selector).results().map((MatchResult label) -> label.group(1)).forEach(labels::add);
		}
		labels.removeAll(OF_THE_SERVER);
		return labels;
	}

}
