package pl.bramka.mocks.sap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import pl.bramka.mocks.sap.Filter.Operator;

/**
 * Reads {@code $filter}: comparisons joined by {@code and}, {@code or}, {@code not} and
 * parentheses; {@code and} binds closer than {@code or}.
 */
final class FilterText {

	private static final Pattern TOKEN = Pattern.compile("\\s*([()]|" + Literal.PATTERN + ")\\s*");

	private final List<String> tokens = new ArrayList<>();

	private int at;

	private FilterText(String text) {
		Matcher token = TOKEN.matcher(text);
		int end = 0;
		while (end < text.length() && token.find(end) && token.start() == end) {
			this.tokens.add(token.group(1));
			end = token.end();
		}
		if (end < text.length()) {
			throw SapFault.malformed("Invalid token detected at position " + end + " of $filter");
		}
	}

	static Filter parse(String text) {
		FilterText reader = new FilterText(text);
		Filter filter = reader.alternatives();
		if (reader.at < reader.tokens.size()) {
			throw SapFault.malformed("Invalid token '" + reader.peek() + "' in $filter");
		}
		return filter;
	}

	private Filter alternatives() {
		Filter filter = conjunction();
		while (skip("or")) {
			filter = new Filter.Or(filter, conjunction());
		}
		return filter;
	}

	private Filter conjunction() {
		Filter filter = condition();
		while (skip("and")) {
			filter = filter.and(condition());
		}
		return filter;
	}

	private Filter condition() {
		if (skip("not")) {
			return new Filter.Not(condition());
		}
		if (!skip("(")) {
			return new Filter.Comparison(next(), operator(next()), Literal.parse(next()));
		}
		Filter inner = alternatives();
		if (!skip(")")) {
			throw SapFault.malformed("Missing ')' in $filter");
		}
		return inner;
	}

	private static Operator operator(String token) {
		try {
			return Operator.valueOf(token.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw SapFault.malformed("Invalid operator '" + token + "' in $filter");
		}
	}

	private boolean skip(String token) {
		boolean there = peek().equals(token);
		this.at += there ? 1 : 0;
		return there;
	}

	private String next() {
		String token = peek();
		this.at++;
		return token;
	}

	private String peek() {
		return (this.at < this.tokens.size()) ? this.tokens.get(this.at) : "";
	}

}
