package pl.bramka.gateway.database;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes single columns in our types.
 */
public final class Columns {

	private Columns() {
	}

	/**
	 * A text that is never missing.
	 * @param row of the answer
	 * @param column its name
	 * @return the text
	 */
	public static String text(Readable row, String column) {
		return Objects.requireNonNull(row.get(column, String.class));
	}

	/**
	 * A time that is never missing.
	 * @param row of the answer
	 * @param column its name
	 * @return the time
	 */
	public static Instant time(Readable row, String column) {
		return Objects.requireNonNull(timeOrNull(row, column));
	}

	/**
	 * A time that may be missing.
	 * @param row of the answer
	 * @param column its name
	 * @return the time, or null
	 */
	public static @Nullable Instant timeOrNull(Readable row, String column) {
		OffsetDateTime time = row.get(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * A time as it is bound to a statement.
	 * @param instant the time
	 * @return the same for a column {@code timestamp with time zone}
	 */
	public static OffsetDateTime at(Instant instant) {
		return instant.atOffset(ZoneOffset.UTC);
	}

}
