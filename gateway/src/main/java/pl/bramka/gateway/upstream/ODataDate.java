package pl.bramka.gateway.upstream;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * {@code Edm.DateTime} in the JSON of OData V2: {@code /Date(1792022400000)/},
 * milliseconds since the epoch, UTC.
 */
public final class ODataDate {

	private static final String PREFIX = "/Date(";

	private static final String SUFFIX = ")/";

	private ODataDate() {
	}

	/**
	 * Reads a date without time. SAP writes it as midnight UTC, so it is the calendar
	 * date in UTC; shifting it to Warsaw would move it by a day.
	 * @param text the value as received
	 * @return the calendar date
	 * @throws IllegalArgumentException if the text is not of that form
	 */
	public static LocalDate date(String text) {
		return LocalDate.ofInstant(instant(text), ZoneOffset.UTC);
	}

	/**
	 * Reads a point in time.
	 * @param text the value as received
	 * @return the instant
	 * @throws IllegalArgumentException if the text is not of that form
	 */
	public static Instant instant(String text) {
		if (!text.startsWith(PREFIX) || !text.endsWith(SUFFIX) || text.length() <= PREFIX.length() + SUFFIX.length()) {
			throw new IllegalArgumentException("not an OData date");
		}
		String digits = text.substring(PREFIX.length(), text.length() - SUFFIX.length());
		return Instant.ofEpochMilli(Long.parseLong(digits));
	}

}
