package pl.bramka.mocks.sap;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The query options of one request.
 *
 * @param options every option by its name, decoded
 * @param filter what {@code $filter} accepts
 * @param expand what {@code $expand} names
 * @param select what {@code $select} names
 */
record Query(Map<String, String> options, Filter filter, Paths expand, Paths select) {

	private static final Pattern AMPERSAND = Pattern.compile("&");

	private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

	static Query parse(String text) {
		Map<String, String> options = new HashMap<>();
		for (String option : AMPERSAND.split(text, -1)) {
			int equals = option.indexOf('=');
			if (equals > 0) {
				options.put(decoded(option.substring(0, equals)), decoded(option.substring(equals + 1)));
			}
		}
		return new Query(options, option(options, "$filter", FilterText::parse, Filter.all()),
				option(options, "$expand", Paths::parse, Paths.NONE),
				option(options, "$select", Paths::parse, Paths.NONE));
	}

	/** Sorted by {@code $orderby}, cut by {@code $skip} and {@code $top}. */
	List<Row> arranged(List<Row> rows) {
		String order = this.options.get("$orderby");
		Stream<Row> ordered = (order != null) ? rows.stream().sorted(order(order)) : rows.stream();
		long skip = option(this.options, "$skip", Query::count, 0L);
		long top = option(this.options, "$top", Query::count, Long.MAX_VALUE);
		return ordered.skip(skip).limit(top).toList();
	}

	private static <T> T option(Map<String, String> options, String name, Function<String, T> parse, T otherwise) {
		String text = options.get(name);
		return (text != null) ? parse.apply(text) : otherwise;
	}

	private static Comparator<Row> order(String text) {
		return COMMA.splitAsStream(text).map(Query::orderOfOne).reduce(Comparator::thenComparing).orElseThrow();
	}

	private static Comparator<Row> orderOfOne(String text) {
		boolean descending = text.endsWith(" desc");
		String property = text.replaceFirst(" (asc|desc)$", "").strip();
		Comparator<Row> order = (left, right) -> compare(left.get(property), right.get(property));
		return descending ? order.reversed() : order;
	}

	private static int compare(@Nullable Object left, @Nullable Object right) {
		if (left instanceof Instant earlier && right instanceof Instant later) {
			return earlier.compareTo(later);
		}
		if (left instanceof BigDecimal less && right instanceof BigDecimal more) {
			return less.compareTo(more);
		}
		return String.valueOf(left).compareTo(String.valueOf(right));
	}

	private static long count(String text) {
		try {
			return Integer.parseUnsignedInt(text);
		}
		catch (NumberFormatException ex) {
			throw SapFault.malformed("Not a count: " + text);
		}
	}

	static String decoded(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw SapFault.malformed("Malformed percent-encoding in the URI");
		}
	}

}
