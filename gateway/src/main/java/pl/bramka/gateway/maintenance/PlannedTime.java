package pl.bramka.gateway.maintenance;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A time as operations write it into settings: {@code 2026-11-28T22:00} in Warsaw, its
 * seconds or its time of day left out or not, or any time with its offset,
 * {@code 2026-11-28T22:00+01:00}. A blank may stand for the {@code T}.
 *
 * @param instant the moment that is meant
 */
public record PlannedTime(Instant instant) {

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	/**
	 * Reads one; settings are converted by this method.
	 * @param text as above
	 * @return the moment
	 * @throws IllegalArgumentException if it is no time, or one that a change of clocks
	 * skips or brings twice and that came without its offset
	 */
	public static PlannedTime valueOf(String text) {
		String time = text.strip().replace(' ', 'T');
		try {
			if (!time.contains("T")) {
				return inWarsaw(LocalDate.parse(time).atStartOfDay());
			}
			String ofDay = time.substring(time.indexOf('T'));
			boolean offset = ofDay.endsWith("Z") || ofDay.contains("+") || ofDay.contains("-");
			return offset ? new PlannedTime(OffsetDateTime.parse(time).toInstant())
					: inWarsaw(LocalDateTime.parse(time));
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException("'" + text + "' is no time such as 2026-11-28T22:00", ex);
		}
	}

	private static PlannedTime inWarsaw(LocalDateTime time) {
		List<ZoneOffset> offsets = WARSAW.getRules().getValidOffsets(time);
		if (offsets.size() != 1) {
			throw new IllegalArgumentException(
					time + " comes " + offsets.size() + " times in Warsaw: write it with its offset");
		}
		return new PlannedTime(time.toInstant(offsets.getFirst()));
	}

}
