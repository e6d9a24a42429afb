package pl.bramka.gateway.ratelimit;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConfigurationBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import pl.bramka.gateway.observability.Names;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * A policy made ready for requests: nothing is parsed or looked up while they wait.
 */
final class Limit {

	private final String name;

	private final RateLimitProperties.Policy policy;

	private final List<Call> calls;

	private final BucketConfiguration configuration;

	private final String announcement;

	private final Map<Result, Counter> results = new EnumMap<>(Result.class);

	private final Counter alone;

	Limit(String name, RateLimitProperties.Policy policy, MeterRegistry meters) {
		this.name = name;
		this.policy = policy;
		this.calls = policy.calls().stream().map(Call::of).toList();
		this.configuration = configuration(name, policy.bandwidths());
		this.announcement = LimitHeaders.announcement(this.configuration);
		for (Result result : Result.values()) {
			this.results.put(result, meters.counter(Names.LIMITS, "policy", name, "result", result.tag));
		}
		this.alone = meters.counter(Names.LIMITS_ALONE, "policy", name);
	}

	/** What came of one call. */
	enum Result {

		PASSED, REFUSED, OBSERVED, CACHED, UNAVAILABLE;

		private final String tag = name().toLowerCase(Locale.ROOT);

	}

	String name() {
		return this.name;
	}

	RateLimitProperties.Policy policy() {
		return this.policy;
	}

	BucketConfiguration configuration() {
		return this.configuration;
	}

	/** Its part of the header {@code RateLimit-Policy}. */
	String announcement() {
		return this.announcement;
	}

	/** The longest time in which something is counted, in nanoseconds. */
	long memory() {
		long longest = 0;
		for (Bandwidth bandwidth : this.configuration.getBandwidths()) {
			longest = Math.max(longest, bandwidth.getRefillPeriodNanos());
		}
		return longest;
	}

	/** What this request takes; 0 if it is none of this limit's calls. */
	long cost(ServerHttpRequest request) {
		for (Call call : this.calls) {
			if (call.isOf(request)) {
				return call.cost();
			}
		}
		return 0;
	}

	void count(Result result) {
		Objects.requireNonNull(this.results.get(result)).increment();
	}

	/** This node decided by itself what all should decide together. */
	void countAlone() {
		this.alone.increment();
	}

	/**
	 * Each bandwidth has an id, by which it is found again when the file has changed.
	 */
	private static BucketConfiguration configuration(String name,
			Map<String, RateLimitProperties.Bandwidth> bandwidths) {
		ConfigurationBuilder builder = BucketConfiguration.builder();
		bandwidths.forEach((id,
				bandwidth) -> builder.addLimit(Bandwidth.builder()
					.capacity(bandwidth.limit())
					.refillGreedy(bandwidth.limit(), bandwidth.period())
					.id(name + "-" + id)
					.build()));
		return builder.build();
	}

	private record Call(Set<HttpMethod> methods, List<PathPattern> paths, boolean refresh, int cost) {

		static Call of(RateLimitProperties.Calls calls) {
			return new Call(
					calls.methods().stream().map(RequestMethod::asHttpMethod).collect(Collectors.toUnmodifiableSet()),
					calls.paths().stream().map(PathPatternParser.defaultInstance::parse).toList(), calls.refresh(),
					calls.cost());
		}

		boolean isOf(ServerHttpRequest request) {
			if (!this.methods.isEmpty() && !this.methods.contains(request.getMethod())) {
				return false;
			}
			PathContainer path = request.getPath().pathWithinApplication();
			for (PathPattern pattern : this.paths) {
				if (pattern.matches(path)) {
					return !this.refresh || LimitHeaders.wantsAnew(request);
				}
			}
			return false;
		}

	}

}
