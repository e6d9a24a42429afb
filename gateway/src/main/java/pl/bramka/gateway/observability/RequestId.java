package pl.bramka.gateway.observability;

import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.web.server.ServerWebExchange;

/**
 * The id that one request has in every answer, log line and upstream call.
 */
public final class RequestId {

	/** The header that carries it, in, out and to upstreams. */
	public static final String HEADER = "Request-Id";

	private static final String KEY = RequestId.class.getName();

	private static final String NONE = "-";

	private static final int SHORTEST = 8;

	private static final int LONGEST = 64;

	private RequestId() {
	}

	/**
	 * The id of the request being handled.
	 * @param exchange the exchange, behind the first gate
	 * @return the id
	 */
	public static String of(ServerWebExchange exchange) {
		@Nullable String id = exchange.getAttribute(KEY);
		return (id != null) ? id : NONE;
	}

	/**
	 * The id of the request on whose behalf something happens.
	 * @param context the Reactor context
	 * @return the id, or {@code -} outside a request
	 */
	public static String of(ContextView context) {
		return context.hasKey(KEY) ? context.get(KEY) : NONE;
	}

	/**
	 * Hands an id down.
	 * @param context the Reactor context
	 * @param id the id
	 * @return the context with it
	 */
	public static Context write(Context context, String id) {
		return context.put(KEY, id);
	}

	static void write(ServerWebExchange exchange, String id) {
		exchange.getAttributes().put(KEY, id);
	}

	/**
	 * The caller's own id if it is harmless in a header and a log, a new one otherwise.
	 * @param fromCaller what the caller sent, if anything
	 * @return the id
	 */
	public static String choose(@Nullable String fromCaller) {
		return (fromCaller != null && isHarmless(fromCaller)) ? fromCaller : next();
	}

	private static boolean isHarmless(String id) {
		if (id.length() < SHORTEST || id.length() > LONGEST) {
			return false;
		}
		for (int i = 0; i < id.length(); i++) {
			char c = id.charAt(i);
			boolean harmless = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
			if (!harmless) {
				return false;
			}
		}
		return true;
	}

	/** Unique, not secret: 96 random bits need no entropy of the system. */
	private static String next() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		String high = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
		String low = Integer.toHexString(random.nextInt() | Integer.MIN_VALUE);
		return high + low;
	}

}
