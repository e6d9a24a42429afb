package pl.bramka.gateway.upstream;

import java.io.Serial;

import pl.bramka.gateway.problem.Problem;

/**
 * A change failed before the system could see anything of it: no connection, no place
 * among the calls under way, no time left, or the breaker is open. Only of this it is
 * certain that nothing was done.
 */
public final class NothingSent extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Problem why;

	NothingSent(Problem why) {
		super("nothing sent", why, false, false);
		this.why = why;
	}

	/**
	 * What the caller met.
	 * @return the problem
	 */
	public Problem why() {
		return this.why;
	}

	/**
	 * Whether that is so of a change of an OData service that ended in a problem.
	 * @param problem what it ended in
	 * @return false also if nobody knows
	 */
	public static boolean isBehind(Problem problem) {
		return UpstreamFailure.isBeforeSending(problem.getCause());
	}

}
