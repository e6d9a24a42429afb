package pl.bramka.mocks.billing;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import pl.bramka.mocks.sap.SapFault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller claims one register shows.
 *
 * @param deviceId the meter
 * @param registerId the register
 * @param value what it shows
 * @param day when it was read, the calendar date that the time carries in UTC
 * @param note note of the caller, {@code ZI01} for "I am sure"
 * @param reason why it was read
 */
record ReadingEntry(String deviceId, String registerId, BigDecimal value, LocalDate day, String note, String reason) {

	private static final Pattern TICKS = Pattern.compile("/Date\\((-?\\d{1,15})(?:[+-]\\d{4})?\\)/");

	private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d{1,14})?");

	/** The leading entry first, then those that depend on it. */
	static List<ReadingEntry> all(ObjectNode body) {
		List<ReadingEntry> entries = new ArrayList<>();
		entries.add(one(body));
		JsonNode dependent = body.path("DependentMeterReadingResults");
		(dependent.has("results") ? dependent.path("results") : dependent).forEach((entry) -> entries.add(one(entry)));
		return entries;
	}

	private static ReadingEntry one(JsonNode entry) {
		String value = text(entry, "ReadingResult", "");
		if (!NUMBER.matcher(value).matches()) {
			throw SapFault.malformed("Property ReadingResult has invalid value '" + value + "'");
		}
		return new ReadingEntry(text(entry, "DeviceID", ""), text(entry, "RegisterID", ""), new BigDecimal(value),
				day(text(entry, "ReadingDateTime", "")), text(entry, "MeterReadingNoteID", ""),
				text(entry, "MeterReadingReasonID", "09"));
	}

	private static String text(JsonNode entry, String name, String otherwise) {
		JsonNode value = entry.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return otherwise;
		}
		if (!value.isString()) {
			throw SapFault.malformed("Property " + name + " is not a string");
		}
		return value.stringValue();
	}

	private static LocalDate day(String text) {
		Matcher ticks = TICKS.matcher(text);
		try {
			return ticks.matches()
					? LocalDate.ofInstant(Instant.ofEpochMilli(Long.parseLong(ticks.group(1))), ZoneOffset.UTC)
					: LocalDateTime.parse(text).toLocalDate();
		}
		catch (DateTimeException ex) {
			throw SapFault.malformed("Property ReadingDateTime has invalid value '" + text + "'");
		}
	}

}
