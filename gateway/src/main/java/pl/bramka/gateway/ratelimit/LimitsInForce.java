package pl.bramka.gateway.ratelimit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;

import pl.bramka.gateway.live.Live;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * The limits of the file as it is now, made ready once per edit.
 */
@Component
final class LimitsInForce {

	private final Live<RateLimitProperties> settings;

	private final MeterRegistry meters;

	private volatile Edition edition;

	LimitsInForce(Live<RateLimitProperties> settings, MeterRegistry meters) {
		this.settings = settings;
		this.meters = meters;
		this.edition = edition(settings.value());
	}

	/**
	 * What the file said at one time.
	 *
	 * @param settings as read
	 * @param limits the enabled ones, in the file's order
	 */
	private record Edition(RateLimitProperties settings, Map<LimitKey, List<Limit>> limits) {
	}

	/** What a request takes of the limits of one kind of key. */
	List<Charge> charges(ServerHttpRequest request, LimitKey key, String value) {
		List<Charge> charges = new ArrayList<>(2);
		for (Limit limit : current().limits().getOrDefault(key, List.of())) {
			long cost = limit.cost(request);
			if (cost > 0) {
				charges.add(new Charge(limit, value, cost));
			}
		}
		return charges;
	}

	/** One of those that nodes count together. */
	Optional<Limit> anyShared() {
		return current().limits()
			.values()
			.stream()
			.flatMap(List::stream)
			.filter((limit) -> limit.policy().shared())
			.findFirst();
	}

	/** One look at one reference per request: the same settings are the same object. */
	@SuppressWarnings("ReferenceEquality")
	private Edition current() {
		RateLimitProperties now = this.settings.value();
		Edition known = this.edition;
		if (known.settings() == now) {
			return known;
		}
		Edition next = edition(now);
		this.edition = next;
		return next;
	}

	private Edition edition(RateLimitProperties settings) {
		Map<LimitKey, List<Limit>> limits = new EnumMap<>(LimitKey.class);
		settings.policies().forEach((name, policy) -> {
			if (policy.enabled()) {
				limits.computeIfAbsent(policy.key(), (key) -> new ArrayList<>())
					.add(new Limit(name, policy, this.meters));
			}
		});
		return new Edition(settings, limits);
	}

}
