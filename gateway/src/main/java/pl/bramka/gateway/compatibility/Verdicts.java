package pl.bramka.gateway.compatibility;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.compatibility.AppSettings.Rules;
import pl.bramka.gateway.compatibility.AppSettings.Step;
import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.observability.Names;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Judges apps. What an app does not say, or says so that it cannot be read, counts as too
 * old. The phone is looked at first: no update helps one that cannot run the app.
 */
@Component
public final class Verdicts {

	private final Live<AppSettings> settings;

	private final Clock clock;

	private final MeterRegistry meters;

	Verdicts(Live<AppSettings> settings, Clock clock, MeterRegistry meters) {
		this.settings = settings;
		this.clock = clock;
		this.meters = meters;
	}

	/**
	 * What is thought of an app.
	 *
	 * @param verdict whether it is served
	 * @param servedUntil when that ends; absent if no end is announced
	 * @param storeLink where there is another; absent if that would not help
	 * @param biometrics whether the phone has a fingerprint that the app may use
	 */
	record Judgement(Verdict verdict, @Nullable Instant servedUntil, @Nullable URI storeLink, boolean biometrics) {
	}

	/**
	 * A phone as its app describes it.
	 *
	 * @param platform ANDROID or IOS; absent if not said so that it can be read
	 * @param osVersion of the operating system, likewise
	 * @param appVersion likewise
	 * @param biometrics whether the phone has a fingerprint that the app may use
	 */
	public record Phone(@Nullable String platform, @Nullable String osVersion, @Nullable String appVersion,
			boolean biometrics) {
	}

	/**
	 * What an app says of its phone. Nothing is counted.
	 * @param headers of its request
	 * @return the phone
	 */
	public Phone phone(HttpHeaders headers) {
		App app = App.of(headers);
		Platform platform = app.platform();
		Version os = app.os();
		return new Phone((platform != null) ? platform.name() : null, (os != null) ? os.shortest() : null,
				(app.version() != null) ? app.version().toString() : null,
				platform != null && hasBiometrics(this.settings.value().of(platform), os));
	}

	private static boolean hasBiometrics(Rules rules, @Nullable Version os) {
		return os != null && !os.isBelow(rules.biometricsFrom());
	}

	/** Judges, and counts what was seen. */
	Judgement of(App app) {
		AppSettings settings = this.settings.value();
		Judgement judgement = judge(settings, app);
		count(settings, app, judgement.verdict());
		return judgement;
	}

	private Judgement judge(AppSettings settings, App app) {
		Platform platform = app.platform();
		if (platform == null) {
			Store store = app.store();
			URI link = (store != null) ? settings.of(store.platform()).link(store) : null;
			return new Judgement(Verdict.UPDATE_REQUIRED, null, link, false);
		}
		Rules rules = settings.of(platform).at(app.store());
		Version os = app.os();
		if (os != null && os.isBelow(inForce(rules.minimumOs()))) {
			return new Judgement(Verdict.DEVICE_UNSUPPORTED, null, null, false);
		}
		URI link = rules.link(app.store());
		boolean biometrics = hasBiometrics(rules, os);
		Version version = app.version();
		if (!app.isWhole() || os == null || version == null || version.isBelow(inForce(rules.minimum()))
				|| rules.blocked().stream().anyMatch((range) -> range.contains(version))) {
			return new Judgement(Verdict.UPDATE_REQUIRED, null, link, biometrics);
		}
		Instant outdated = end(rules.minimum(), version);
		Instant unsupported = end(rules.minimumOs(), os);
		boolean recommended = outdated != null || version.isBelow(inForce(rules.recommended()));
		return new Judgement(recommended ? Verdict.UPDATE_RECOMMENDED : Verdict.SUPPORTED, first(outdated, unsupported),
				link, biometrics);
	}

	private Version inForce(List<Step> steps) {
		return steps.stream()
			.filter((step) -> !isAhead(step))
			.map(Step::version)
			.max(Comparator.naturalOrder())
			.orElse(Version.NONE);
	}

	/** When a step that is announced will leave this version behind. */
	private @Nullable Instant end(List<Step> steps, Version version) {
		Instant end = null;
		for (Step step : steps) {
			if (step.from() != null && isAhead(step) && version.isBelow(step.version())) {
				end = first(end, step.from().instant());
			}
		}
		return end;
	}

	/** Most steps have no time, and then nobody asks what time it is. */
	private boolean isAhead(Step step) {
		return step.from() != null && step.from().instant().isAfter(this.clock.instant());
	}

	private static @Nullable Instant first(@Nullable Instant one, @Nullable Instant other) {
		return Stream.of(one, other).filter(Objects::nonNull).min(Comparator.naturalOrder()).orElse(null);
	}

	/** A caller may invent versions: only those that are released have a name here. */
	private void count(AppSettings settings, App app, Verdict verdict) {
		Platform platform = app.platform();
		Version version = app.version();
		boolean known = platform != null && version != null && settings.of(platform).isReleased(version);
		this.meters
			.counter(Names.APP_REQUESTS, "platform", (platform != null) ? platform.tag() : "other", "version",
					(known && version != null) ? version.line().toString() : "other", "verdict", verdict.name())
			.increment();
	}

}
