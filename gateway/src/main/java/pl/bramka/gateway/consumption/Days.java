package pl.bramka.gateway.consumption;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Calendar days of Europe/Warsaw.
 *
 * @param first the first of them
 * @param last the last of them, itself among them; before the first if there are none
 */
record Days(LocalDate first, LocalDate last) {

	static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	boolean isEmpty() {
		return this.first.isAfter(this.last);
	}

	boolean has(LocalDate day) {
		return !day.isBefore(this.first) && !day.isAfter(this.last);
	}

	/** Those that are in both. */
	Days and(Days other) {
		return new Days(this.first.isAfter(other.first) ? this.first : other.first,
				this.last.isBefore(other.last) ? this.last : other.last);
	}

	/** The midnight they begin with. */
	Instant start() {
		return this.first.atStartOfDay(WARSAW).toInstant();
	}

	/** The midnight they end with. */
	Instant end() {
		return this.last.plusDays(1).atStartOfDay(WARSAW).toInstant();
	}

	/** True hours: one less or more where clocks change. */
	long hours() {
		return Duration.between(start(), end()).toHours();
	}

	/**
	 * Pieces of so many days that have all of these days, cut alike whatever is asked.
	 */
	List<Days> inPieces(int length) {
		if (isEmpty()) {
			return List.of();
		}
		return LongStream
			.rangeClosed(Math.floorDiv(this.first.toEpochDay(), length), Math.floorDiv(this.last.toEpochDay(), length))
			.mapToObj((piece) -> LocalDate.ofEpochDay(piece * length))
			.map((day) -> new Days(day, day.plusDays(length - 1L)))
			.toList();
	}

	/** Likewise whole years. */
	List<Days> inYears() {
		if (isEmpty()) {
			return List.of();
		}
		return IntStream.rangeClosed(this.first.getYear(), this.last.getYear())
			.mapToObj((year) -> new Days(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)))
			.toList();
	}

}
