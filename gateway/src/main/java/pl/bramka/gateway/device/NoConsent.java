package pl.bramka.gateway.device;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * Why the password is required: the failure behind a {@code password-required} of
 * {@link Consent}.
 */
public final class NoConsent extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Why why;

	private final @Nullable String subject;

	private NoConsent(Why why, @Nullable String subject) {
		super(why.name(), null, false, false);
		this.why = why;
		this.subject = subject;
	}

	/**
	 * What is the matter.
	 */
	enum Why {

		/** There is no token. */
		ABSENT,

		/** The password was shown too long ago. */
		OLD,

		/** No key of ours opens the token. */
		UNREADABLE,

		/** The provider has just said no. */
		WITHDRAWN

	}

	/** The password is required, and this is why. */
	static Problem problem(Why why, @Nullable String subject) {
		return Problem.of(ProblemCode.PASSWORD_REQUIRED, new NoConsent(why, subject));
	}

	/**
	 * Whose account the provider has just said no to.
	 * @param problem what {@link Consent} brought
	 * @return the portal user; null if it was not the provider who said no
	 */
	public static @Nullable String withdrawnBy(Problem problem) {
		return (problem.getCause() instanceof NoConsent none && none.why == Why.WITHDRAWN) ? none.subject : null;
	}

	/**
	 * Whether there is a token and nobody can tell what the provider would say to it.
	 * @param problem what {@link Consent} brought
	 * @return whether its key is missing
	 */
	public static boolean isUnreadable(Problem problem) {
		return problem.getCause() instanceof NoConsent none && none.why == Why.UNREADABLE;
	}

}
