package pl.bramka.gateway.problem;

import java.io.Serial;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A failure in the catalogue's words, on its way to the one writer. Immutable and without
 * a stack trace: it describes what the caller met, not where the code was.
 */
public final class Problem extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final ProblemCode code;

	private final transient @Nullable Duration retryAfter;

	private final transient Map<String, Object> members;

	private final @Nullable String challenge;

	private Problem(ProblemCode code, @Nullable Duration retryAfter, Map<String, Object> members,
			@Nullable String challenge, @Nullable Throwable cause) {
		super(code.code(), cause, false, false);
		this.code = code;
		this.retryAfter = retryAfter;
		this.members = members;
		this.challenge = challenge;
	}

	/**
	 * A problem of the catalogue.
	 * @param code which
	 * @return the problem
	 */
	public static Problem of(ProblemCode code) {
		return new Problem(code, null, Map.of(), null, null);
	}

	/**
	 * A problem of the catalogue with the failure behind it, which only logs may show.
	 * @param code which
	 * @param cause the failure behind it
	 * @return the problem
	 */
	public static Problem of(ProblemCode code, Throwable cause) {
		return new Problem(code, null, Map.of(), null, cause);
	}

	/**
	 * The same problem, saying when to come back (header {@code Retry-After}).
	 * @param after the time to wait, rounded up to whole seconds
	 * @return a new problem
	 */
	public Problem retryAfter(Duration after) {
		return new Problem(this.code, after, this.members, this.challenge, getCause());
	}

	/**
	 * The same problem with a member of its own (RFC 9457, section 3.2).
	 * @param name the member's name
	 * @param value what Jackson can write; never personal data
	 * @return a new problem
	 */
	public Problem with(String name, Object value) {
		Map<String, Object> more = new LinkedHashMap<>(this.members);
		more.put(name, value);
		return new Problem(this.code, this.retryAfter, Collections.unmodifiableMap(more), this.challenge, getCause());
	}

	/**
	 * The same problem of status 401, saying what would do (header
	 * {@code WWW-Authenticate}).
	 * @param parameters those of the scheme {@code DPoP} (RFC 9110, section 11.6.1)
	 * @return a new problem
	 */
	public Problem challenge(String parameters) {
		return new Problem(this.code, this.retryAfter, this.members, parameters, getCause());
	}

	/**
	 * Which problem of the catalogue this is.
	 * @return the entry
	 */
	public ProblemCode code() {
		return this.code;
	}

	/**
	 * When to come back.
	 * @return the time to wait, or nothing if it is not known
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * When to come back, as the header {@code Retry-After} counts.
	 * @return whole seconds, at least 1, or nothing if it is not known
	 */
	public @Nullable Long retryAfterSeconds() {
		return (this.retryAfter != null) ? Math.max(1, this.retryAfter.plusMillis(999).toSeconds()) : null;
	}

	@Nullable String challenge() {
		return this.challenge;
	}

	Map<String, Object> members() {
		return this.members;
	}

}
