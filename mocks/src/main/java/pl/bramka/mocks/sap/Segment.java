package pl.bramka.mocks.sap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One part of a resource path, such as {@code Accounts('1000000042')}.
 *
 * @param name the set, the navigation, the function or {@code $value}
 * @param key the key predicate; a value without a name stands under the empty name, and
 * no predicate is an empty map
 */
record Segment(String name, Map<String, @Nullable Object> key) {

	private static final Pattern SLASH = Pattern.compile("/");

	private static final Pattern SHAPE = Pattern.compile("([$\\w]+)(?:\\((.*)\\))?");

	private static final Pattern PART = Pattern.compile("\\s*(?:(\\w+)=)?(" + Literal.PATTERN + ")\\s*(?:,|$)");

	/** The segments of a path that starts below the service. */
	static List<Segment> parse(String path) {
		return SLASH.splitAsStream(path).filter((part) -> !part.isEmpty()).map(Segment::one).toList();
	}

	private static Segment one(String part) {
		String text = Query.decoded(part.replace("+", "%2B"));
		Matcher shape = SHAPE.matcher(text);
		if (!shape.matches()) {
			throw SapFault.unknownSegment(text);
		}
		Map<String, @Nullable Object> key = new LinkedHashMap<>();
		String predicate = shape.group(2);
		if (predicate != null) {
			Matcher pair = PART.matcher(predicate);
			int end = 0;
			while (end < predicate.length() && pair.find(end) && pair.start() == end) {
				key.put((pair.group(1) != null) ? pair.group(1) : "", Literal.parse(pair.group(2)));
				end = pair.end();
			}
			if (key.isEmpty() || end < predicate.length()) {
				throw SapFault.malformed("Invalid key predicate in '" + text + "'");
			}
		}
		return new Segment(shape.group(1), key);
	}

}
