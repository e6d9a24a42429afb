package pl.bramka.gateway.upstream;

import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Why a call to another system brought no answer that can be used.
 */
final class UpstreamFailure extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final boolean sent;

	private final boolean last;

	UpstreamFailure(Kind kind, @Nullable Throwable cause) {
		this(kind, cause, kind.sent, false);
	}

	private UpstreamFailure(Kind kind, @Nullable Throwable cause, boolean sent, boolean last) {
		super(kind.tag(), cause, false, false);
		this.kind = kind;
		this.sent = sent;
		this.last = last;
	}

	/** The request's deadline ran out before a try could begin. */
	static UpstreamFailure tooLate() {
		return new UpstreamFailure(Kind.OUT_OF_TIME, null, false, false);
	}

	/** Whether it is certain that the system saw nothing of the call's only try. */
	static boolean isBeforeSending(@Nullable Throwable thrown) {
		return thrown instanceof UpstreamFailure failure && !failure.sent;
	}

	Kind kind() {
		return this.kind;
	}

	/** The same failure, of a second try: there is no third. */
	UpstreamFailure last() {
		return new UpstreamFailure(this.kind, getCause(), this.sent, true);
	}

	/** Whether the same read may well succeed a moment later. */
	boolean worthASecondTry() {
		return this.kind.worthASecondTry && !this.last;
	}

	/** The kind of failure behind whatever a try threw. */
	static UpstreamFailure of(Throwable thrown) {
		if (thrown instanceof UpstreamFailure failure) {
			return failure;
		}
		Throwable cause = (thrown instanceof WebClientRequestException && thrown.getCause() != null) ? thrown.getCause()
				: thrown;
		return new UpstreamFailure(kindOf(cause), thrown);
	}

	private static Kind kindOf(Throwable cause) {
		if (cause instanceof ConnectException || cause instanceof ConnectTimeoutException
				|| cause instanceof NoRouteToHostException || cause instanceof UnknownHostException) {
			return Kind.NO_CONNECTION;
		}
		if (cause instanceof PoolAcquirePendingLimitException || cause instanceof PoolAcquireTimeoutException) {
			return Kind.POOL_FULL;
		}
		if (cause instanceof TimeoutException || cause instanceof ReadTimeoutException) {
			return Kind.TIMEOUT;
		}
		if (cause instanceof IOException) {
			return Kind.BROKEN_OFF;
		}
		if (cause instanceof CallNotPermittedException) {
			return Kind.BREAKER_OPEN;
		}
		return Kind.GARBLED;
	}

	/** What happened; the tag {@code outcome} where calls are measured. */
	enum Kind {

		/** Nothing was sent: no connection could be made. */
		NO_CONNECTION(true, true, false),

		/** Nothing was sent: all connections are taken, and too many wait or too long. */
		POOL_FULL(true, false, false),

		/** The try's own limit ran out. */
		TIMEOUT(true, true, true),

		/** The request's deadline ran out long before the try's own limit. */
		OUT_OF_TIME(false, false, true),

		/** The connection ended in the middle. */
		BROKEN_OFF(true, true, true),

		/** Status 502, 503 or 504: the system says it is not there. */
		NOT_SERVING(true, true, true),

		/** Another status that only a fault or a wrong setting explains. */
		FAULT(true, false, true),

		/** Not the content type or the form that the contract says. */
		GARBLED(true, false, true),

		/** Nothing was sent: the breaker is open. */
		BREAKER_OPEN(false, false, false),

		/** Nothing was sent: too many calls are under way. */
		BULKHEAD_FULL(false, false, false);

		private final boolean counts;

		private final boolean worthASecondTry;

		private final boolean sent;

		/**
		 * A kind.
		 * @param sent false only where the system cannot have seen a byte
		 */
		Kind(boolean counts, boolean worthASecondTry, boolean sent) {
			this.counts = counts;
			this.worthASecondTry = worthASecondTry;
			this.sent = sent;
		}

		/** Whether it speaks against the system, so that the breaker should count it. */
		boolean counts() {
			return this.counts;
		}

		String tag() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
