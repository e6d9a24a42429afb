package pl.bramka.gateway.terms;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

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
		LocalDate today = LocalDate.ofInstant(this.clock.instant(), WARSAW);
		List<Edition> editions = this.settings.value().editions();
		Comparator<Edition> byDay = Comparator.comparing(Edition::validFrom);
		return editions.stream()
			.filter((edition) -> !edition.validFrom().isAfter(today))
			.max(byDay)
			.orElseGet(() -> Collections.min(editions, byDay));
	}

}
