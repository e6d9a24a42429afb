package pl.bramka.gateway.ratelimit;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketState;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The headers of draft-ietf-httpapi-ratelimit-headers-11: lists of structured fields, one
 * item per bandwidth. What is counted per e-mail is told to nobody: it would show whether
 * somebody else tries that e-mail.
 */
final class LimitHeaders {

	private static final String POLICY = "RateLimit-Policy";

	private static final String LEFT = "RateLimit";

	private LimitHeaders() {
	}

	/** {@code "name";q=60;w=10} for each bandwidth; the draft knows whole seconds. */
	static String announcement(BucketConfiguration configuration) {
		StringJoiner items = new StringJoiner(", ");
		for (Bandwidth bandwidth : configuration.getBandwidths()) {
			items.add("\"" + bandwidth.getId() + "\";q=" + bandwidth.getCapacity() + ";w="
					+ seconds(bandwidth.getRefillPeriodNanos()));
		}
		return items.toString();
	}

	/** What is left, in place of what a wider limit said before. */
	static void tell(HttpHeaders headers, List<Outcome> outcomes) {
		write(headers, outcomes, 0);
	}

	/**
	 * What was exceeded, and nothing else: a caller that looks at the longest time of all
	 * would wait for limits that do not hold it up.
	 * @param wait until the request may come back, in seconds
	 */
	static void refuse(HttpHeaders headers, List<Outcome> outcomes, long wait) {
		headers.remove(POLICY);
		headers.remove(LEFT);
		write(headers, outcomes, wait);
	}

	private static void write(HttpHeaders headers, List<Outcome> outcomes, long wait) {
		StringBuilder policies = new StringBuilder(64);
		StringBuilder left = new StringBuilder(64);
		for (Outcome outcome : outcomes) {
			if (outcome.answer() == null || outcome.limit().policy().key() == LimitKey.EMAIL
					|| outcome.limit().policy().exceeded() == RateLimitProperties.Exceeded.OBSERVE) {
				continue;
			}
			separate(policies).append(outcome.limit().announcement());
			left(left, outcome.answer().getState(), (wait > 0) ? outcome.charge().cost() : Long.MAX_VALUE, wait);
		}
		if (!policies.isEmpty()) {
			headers.set(POLICY, policies.toString());
			headers.set(LEFT, left.toString());
		}
	}

	/**
	 * {@code "name";r=50;t=30} for each bandwidth with less than some amount. The time is
	 * the one in which what is left would come back, so that who spends evenly never asks
	 * for more than the limit allows in the long run.
	 */
	private static void left(StringBuilder items, BucketState state, long lessThan, long wait) {
		Bandwidth[] bandwidths = state.getConfiguration().getBandwidths();
		for (int i = 0; i < bandwidths.length; i++) {
			long tokens = Math.max(0, state.getCurrentSize(i));
			if (tokens < lessThan) {
				long millis = TimeUnit.NANOSECONDS.toMillis(bandwidths[i].getRefillPeriodNanos());
				long time = seconds(
						TimeUnit.MILLISECONDS.toNanos(Math.max(1, tokens) * millis / bandwidths[i].getCapacity()));
				separate(items).append('"')
					.append(bandwidths[i].getId())
					.append("\";r=")
					.append(tokens)
					.append(";t=")
					.append((wait > 0) ? Math.min(wait, time) : time);
			}
		}
	}

	/** Whether everything is wanted anew, in whichever line of the header it stands. */
	static boolean wantsAnew(ServerHttpRequest request) {
		for (String value : request.getHeaders().getOrEmpty(HttpHeaders.CACHE_CONTROL)) {
			if (value.toLowerCase(Locale.ROOT).contains("no-cache")) {
				return true;
			}
		}
		return false;
	}

	/** Whole seconds, rounded up, at least one. */
	static long seconds(long nanos) {
		return Math.max(1, (nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
	}

	private static StringBuilder separate(StringBuilder items) {
		return items.isEmpty() ? items : items.append(", ");
	}

}
