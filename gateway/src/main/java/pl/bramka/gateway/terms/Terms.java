package pl.bramka.gateway.terms;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import pl.bramka.gateway.live.Live;

import org.springframework.stereotype.Component;

/**
 * The terms of use by date.
 */
@Component
public final class Terms {

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private final Live<TermsSettings> settings;

	private final Clock clock;

	Terms(Live<TermsSettings> settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * The edition in force.
	 * @return the latest one that has begun; the first one, if none has
	 */
	public Edition current() {
		return current(this.settings.value().editions());
	}

	private Edition current(List<Edition> editions) {
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), WARSAW);
		Comparator<Edition> byDay = Comparator.comparing(Edition::validFrom);
		return editions.stream()
			.filter((edition) -> !edition.validFrom().isAfter(today))
			.max(byDay)
			.orElseGet(() -> Collections.min(editions, byDay));
	}

	/**
	 * Which acceptances settle that an edition is due: its own and those of all later
	 * ones. An edition that was taken out of the settings can be accepted no more, and
	 * the one in force takes its place.
	 * @param due version of the edition that is due
	 * @return versions
	 */
	Set<String> settling(String due) {
		List<Edition> editions = this.settings.value().editions();
		Edition from = editions.stream()
			.filter((edition) -> edition.version().equals(due))
			.findFirst()
			.orElseGet(() -> current(editions));
		return Stream
			.concat(Stream.of(due),
					editions.stream()
						.filter((edition) -> !edition.validFrom().isBefore(from.validFrom()))
						.map(Edition::version))
			.collect(Collectors.toUnmodifiableSet());
	}

}
