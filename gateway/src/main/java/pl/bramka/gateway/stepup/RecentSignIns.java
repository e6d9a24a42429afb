package pl.bramka.gateway.stepup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * Whether a customer signed in just now, and what is answered if not: the challenge of
 * RFC 9470, section 3.
 */
@Component
public final class RecentSignIns {

	/**
	 * The node that opened the session may be this far ahead. A time beyond is nobody's
	 * sign-in, and would count as recent until it came.
	 */
	private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

	private final Duration longest;

	private final Clock clock;

	RecentSignIns(StepUpProperties settings, Clock clock) {
		this.longest = settings.recentSignIn();
		this.clock = clock;
	}

	/**
	 * Asks for a recent sign-in. For operations that decide by themselves; all others say
	 * {@link RecentSignIn} and are done.
	 * @param customer who asks
	 * @param methods which ways to sign in are good enough; none means any
	 * @return once it is recent; {@code insufficient-user-authentication} if it is not
	 */
	public Mono<Void> require(Customer customer, AuthenticationMethod... methods) {
		List<AuthenticationMethod> enough = List.of((methods.length > 0) ? methods : AuthenticationMethod.values());
		return Mono.defer(() -> {
			boolean recent = enough.contains(customer.method()) && isRecent(customer.authenticatedAt());
			return recent ? Mono.empty()
					: Mono.error(Problem.of(ProblemCode.INSUFFICIENT_USER_AUTHENTICATION)
						.challenge("error=\"insufficient_user_authentication\", "
								+ "error_description=\"this needs a sign-in of the last minutes\", acr_values=\""
								+ enough.stream().map(AuthenticationMethod::acr).collect(Collectors.joining(" "))
								+ "\", max_age=" + this.longest.toSeconds()));
		});
	}

	private boolean isRecent(Instant signedIn) {
		Instant now = this.clock.instant();
		return !signedIn.isBefore(now.minus(this.longest)) && !signedIn.isAfter(now.plus(CLOCKS_DIFFER));
	}

}
