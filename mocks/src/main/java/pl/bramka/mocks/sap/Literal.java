package pl.bramka.mocks.sap;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A value as it stands in a URI: {@code 'text'}, {@code datetime'…'}, a number.
 */
final class Literal {

	/** Matches one literal; a quote within text is doubled. */
	static final String PATTERN = "(?:datetimeoffset|datetime)'[^']*'|'(?:[^']|'')*'|[\\w.+-]+";

	private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?[mMdDfFlL]?");

	private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

	private Literal() {
	}

	static @Nullable Object parse(String text) {
		try {
			if (text.startsWith("datetimeoffset'")) {
				return OffsetDateTime.parse(quoted(text)).toInstant();
			}
			if (text.startsWith("datetime'")) {
				return LocalDateTime.parse(quoted(text)).toInstant(ZoneOffset.UTC);
			}
		}
		catch (DateTimeException ex) {
			throw SapFault.malformed("Malformed URI literal syntax: " + text);
		}
		if (text.startsWith("'")) {
			return quoted(text).replace("''", "'");
		}
		if (NUMBER.matcher(text).matches()) {
			return new BigDecimal(text.replaceAll("[mMdDfFlL]$", ""));
		}
		return switch (text) {
			case "true" -> true;
			case "false" -> false;
			case "null" -> null;
			default -> throw SapFault.malformed("Malformed URI literal syntax: " + text);
		};
	}

	static String format(@Nullable Object value) {
		if (value instanceof Instant time) {
			return "datetime'" + encoded(DATE_TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC))) + "'";
		}
		return "'" + encoded(String.valueOf(value).replace("'", "''")) + "'";
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private static String quoted(String text) {
		return text.substring(text.indexOf('\'') + 1, text.length() - 1);
	}

}
