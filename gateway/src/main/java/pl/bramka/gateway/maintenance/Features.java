package pl.bramka.gateway.maintenance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.maintenance.FeatureStatus.Planned;
import pl.bramka.gateway.maintenance.MaintenanceSettings.Window;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.UpstreamName;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;

/**
 * How the app's features are right now. Where planned work and trouble meet, the stricter
 * of the two is told, and of equals the planned one, whose end is known.
 */
@Component
public final class Features {

	private static final List<FeatureStatus> ALL_ON = Arrays.stream(Feature.values())
		.map((feature) -> FeatureStatus.on(feature, null))
		.toList();

	private final Live<MaintenanceSettings> settings;

	private final Upstreams upstreams;

	private final Clock clock;

	Features(Live<MaintenanceSettings> settings, Upstreams upstreams, Clock clock) {
		this.settings = settings;
		this.upstreams = upstreams;
		this.clock = clock;
	}

	/**
	 * All features.
	 * @param language of the sentences
	 * @return each feature once, always in the same order
	 */
	public List<FeatureStatus> now(Language language) {
		MaintenanceSettings planned = this.settings.value();
		Map<UpstreamName, Instant> troubled = this.upstreams.troubled();
		Instant now = this.clock.instant();
		if (troubled.isEmpty() && planned.isOver(now)) {
			return ALL_ON;
		}
		return Arrays.stream(Feature.values())
			.map((feature) -> status(feature, planned, troubled, now, language))
			.toList();
	}

	/**
	 * Planned work that is under way or about to begin.
	 * @param language of the messages
	 * @param ahead how long before its beginning it is told of
	 * @return by beginning, at most as many as windows are written down
	 */
	public List<Notice> notices(Language language, Duration ahead) {
		return Notice.of(this.settings.value().coming(this.clock.instant(), ahead), language);
	}

	/** Why a call is turned away for planned work, if it is. */
	Optional<Problem> against(HttpMethod method, PathContainer path, Language language) {
		MaintenanceSettings planned = this.settings.value();
		if (planned.windows().isEmpty()) {
			return Optional.empty();
		}
		Instant now = this.clock.instant();
		return FeatureCalls.featureOf(method, path)
			.flatMap((feature) -> planned.inForce(feature, now))
			.filter((window) -> window.state().refuses(FeatureCalls.effect(method, path)))
			.map((window) -> Problem.of(ProblemCode.FEATURE_OFF)
				.retryAfter(Duration.between(now, window.until().instant()))
				.with("detail", window.message().in(language))
				.with("feature", window.feature())
				.with("until", window.until().instant()));
	}

	private static FeatureStatus status(Feature feature, MaintenanceSettings planned,
			Map<UpstreamName, Instant> troubled, Instant now, Language language) {
		Planned next = planned.next(feature, now)
			.map((window) -> new Planned(window.state(), window.from().instant(), window.until().instant(),
					window.message().in(language)))
			.orElse(null);
		FeatureStatus work = planned.inForce(feature, now)
			.map((window) -> inWork(window, next, language))
			.orElseGet(() -> FeatureStatus.on(feature, next));
		FeatureStatus trouble = inTrouble(feature, troubled, next, language);
		return (trouble.state().compareTo(work.state()) > 0) ? trouble : work;
	}

	private static FeatureStatus inWork(Window window, @Nullable Planned next, Language language) {
		return new FeatureStatus(window.feature(), window.state(), window.until().instant(),
				ProblemCode.FEATURE_OFF.code(), window.message().in(language), next);
	}

	private static FeatureStatus inTrouble(Feature feature, Map<UpstreamName, Instant> troubled, @Nullable Planned next,
			Language language) {
		FeatureStatus worst = FeatureStatus.on(feature, next);
		for (Map.Entry<UpstreamName, Instant> trouble : troubled.entrySet()) {
			FeatureState left = feature.without(trouble.getKey());
			if (left.compareTo(worst.state()) > 0) {
				ProblemCode code = trouble.getKey().unavailable();
				// Whole seconds, so that an answer written once serves for a while.
				Instant until = trouble.getValue().plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
				worst = new FeatureStatus(feature, left, until, code.code(), code.detail(language), next);
			}
		}
		return worst;
	}

}
