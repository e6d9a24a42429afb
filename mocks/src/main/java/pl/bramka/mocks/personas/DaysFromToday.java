package pl.bramka.mocks.personas;

import java.time.LocalDate;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads a whole number as a date: that many days after today, or before it when negative.
 */
final class DaysFromToday extends ValueDeserializer<LocalDate> {

	private final LocalDate today;

	DaysFromToday(LocalDate today) {
		this.today = today;
	}

	@Override
	public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
		return this.today.plusDays(parser.getIntValue());
	}

}
