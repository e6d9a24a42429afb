package pl.bramka.gateway.maintenance;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import pl.bramka.gateway.maintenance.MaintenanceSettings.Message;
import pl.bramka.gateway.maintenance.MaintenanceSettings.Window;
import pl.bramka.gateway.problem.Language;

/**
 * Planned work as customers are told of it.
 *
 * @param features what is worked on: all that are worked on at the same time, for the
 * same reason and with the same effect
 * @param state what is left of them meanwhile
 * @param from when it begins, or began
 * @param until when it is over
 * @param message what operations have to say
 */
public record Notice(List<Feature> features, FeatureState state, Instant from, Instant until, String message) {

	/** The stricter of two at the same time is told first. */
	private static final Comparator<Notice> EARLIEST_FIRST = Comparator.comparing(Notice::from)
		.thenComparing(Notice::until)
		.thenComparing(Notice::state, Comparator.reverseOrder())
		.thenComparing((notice) -> notice.features().getFirst());

	/** One notice for each work, whatever the order of the windows. */
	static List<Notice> of(Collection<Window> windows, Language language) {
		Map<Work, EnumSet<Feature>> works = new LinkedHashMap<>();
		for (Window window : windows) {
			works.computeIfAbsent(Work.of(window), (work) -> EnumSet.noneOf(Feature.class)).add(window.feature());
		}
		return works.entrySet()
			.stream()
			.map((entry) -> entry.getKey().notice(entry.getValue(), language))
			.sorted(EARLIEST_FIRST)
			.toList();
	}

	/** What windows of several features have in common. */
	private record Work(FeatureState state, Instant from, Instant until, Message message) {

		static Work of(Window window) {
			return new Work(window.state(), window.from().instant(), window.until().instant(), window.message());
		}

		Notice notice(EnumSet<Feature> features, Language language) {
			return new Notice(List.copyOf(features), this.state, this.from, this.until, this.message.in(language));
		}

	}

}
