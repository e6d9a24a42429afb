package pl.bramka.mocks.sap;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The values of one entity. A value is a {@code String}, a {@code BigDecimal}
 * (Edm.Decimal), an {@code Instant} (Edm.DateTime), an {@code Integer}, a
 * {@code Boolean}, a {@code Row} (a complex type) or absent.
 */
public final class Row {

	private final Map<String, @Nullable Object> values;

	private Row(Map<String, @Nullable Object> values) {
		this.values = Collections.unmodifiableMap(values);
	}

	/**
	 * A row of names and values in turn. A date becomes midnight UTC, which is how
	 * Edm.DateTime carries a day without a time.
	 */
	public static Row of(@Nullable Object... namesAndValues) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		for (int at = 0; at < namesAndValues.length; at += 2) {
			values.put(String.valueOf(namesAndValues[at]), edm(namesAndValues[at + 1]));
		}
		return new Row(values);
	}

	/** This row with one value changed or added. */
	public Row with(String name, @Nullable Object value) {
		Map<String, @Nullable Object> changed = new LinkedHashMap<>(this.values);
		changed.put(name, edm(value));
		return new Row(changed);
	}

	/** The text of a property that is there. */
	public String text(String name) {
		return (String) present(name);
	}

	/** The number of a property that is there. */
	public BigDecimal decimal(String name) {
		return (BigDecimal) present(name);
	}

	/** The calendar date of a property that is there. */
	public LocalDate date(String name) {
		return LocalDate.ofInstant((Instant) present(name), ZoneOffset.UTC);
	}

	@Nullable Object get(String name) {
		return this.values.get(name);
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	Map<String, @Nullable Object> values() {
		return this.values;
	}

	private Object present(String name) {
		return Objects.requireNonNull(get(name), name);
	}

	private static @Nullable Object edm(@Nullable Object value) {
		return (value instanceof LocalDate date) ? date.atStartOfDay().toInstant(ZoneOffset.UTC) : value;
	}

}
