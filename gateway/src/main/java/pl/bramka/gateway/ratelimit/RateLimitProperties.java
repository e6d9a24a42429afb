package pl.bramka.gateway.ratelimit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * What {@code config/rate-limits.yml} says. Without a single policy there is no start: a
 * file that is missing must not switch all limits off.
 *
 * @param policies by name. The name is in headers, in metrics and in Redis; a policy that
 * keeps its name keeps what it has counted
 */
record RateLimitProperties(
		@NotEmpty @Size(max = 50) Map<@Pattern(regexp = NAME) String, @NotNull @Valid Policy> policies) {

	private static final String NAME = "[a-z][a-z0-9-]{0,31}";

	/**
	 * One limit and the calls it is about.
	 *
	 * @param key whose calls it counts
	 * @param enabled whether it counts at all
	 * @param exceeded what happens to a call beyond it
	 * @param shared whether all nodes count together, in Redis; otherwise, and without a
	 * Redis, each node counts for itself
	 * @param failClosed whether its calls are refused while the shared count is out of
	 * reach; otherwise each node counts for itself meanwhile
	 * @param calls which calls it counts: the first entry that matches says what the call
	 * costs
	 * @param bandwidths how many calls in which time, by name; all of them hold
	 */
	record Policy(@NotNull LimitKey key, @DefaultValue("true") boolean enabled,
			@DefaultValue("refuse") Exceeded exceeded, @DefaultValue("true") boolean shared,
			@DefaultValue("false") boolean failClosed,
			@DefaultValue @NotEmpty @Size(max = 20) List<@NotNull @Valid Calls> calls, @DefaultValue @NotEmpty @Size(
					max = 4) Map<@Pattern(regexp = NAME) String, @NotNull @Valid Bandwidth> bandwidths) {

		@AssertTrue(message = "no cost may be more than a limit: such a call would never pass")
		boolean isPayable() {
			long dearest = this.calls.stream().mapToLong(Calls::cost).max().orElse(0);
			return this.bandwidths.values().stream().allMatch((bandwidth) -> dearest <= bandwidth.limit());
		}

		@AssertTrue(message = "only calls with refresh: true can be served from the cache instead")
		boolean isCachedOnlyForRefresh() {
			return this.exceeded != Exceeded.CACHED || this.calls.stream().allMatch(Calls::refresh);
		}

	}

	/**
	 * Some calls, and what one of them costs.
	 *
	 * @param methods none means any
	 * @param paths patterns of Spring's {@code PathPattern}: {@code *} is one segment,
	 * {@code **} at the end any number
	 * @param refresh only calls that want everything anew: {@code Cache-Control:
	 * no-cache}
	 * @param cost how much one call takes of a limit; with 0 it is not counted
	 */
	record Calls(@DefaultValue Set<RequestMethod> methods,
			@DefaultValue @NotEmpty @Size(max = 50) List<@NotNull String> paths, @DefaultValue("false") boolean refresh,
			@DefaultValue("1") @Min(0) @Max(1000) int cost) {

		@AssertTrue(message = "a path is not a pattern")
		boolean isReadable() {
			try {
				this.paths.forEach(PathPatternParser.defaultInstance::parse);
				return this.paths.stream().allMatch((path) -> path.startsWith("/"));
			}
			catch (PatternParseException ex) {
				return false;
			}
		}

	}

	/**
	 * How much in which time. What was used comes back evenly: of 60 a minute, one each
	 * second.
	 *
	 * @param limit the most at once, and what comes back within a period
	 * @param period such as {@code 10s} or {@code 1d}
	 */
	record Bandwidth(@Min(1) @Max(1_000_000) long limit,
			@NotNull @DurationMin(millis = 1) @DurationMax(days = 31) Duration period) {
	}

	/** What happens to a call beyond the limit. */
	enum Exceeded {

		/** It is answered 429 with the time to come back. */
		REFUSE,

		/** It passes, and is counted where operations look: to try a limit out. */
		OBSERVE,

		/** It passes as if it had not asked for everything anew. */
		CACHED

	}

}
