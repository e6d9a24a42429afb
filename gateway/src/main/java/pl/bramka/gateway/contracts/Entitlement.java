package pl.bramka.gateway.contracts;

import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * Whether somebody may use the app at all: asked at sign-in, before there is a token, and
 * never from memory.
 */
@Component
public final class Entitlement {

	private final CrmContracts crm;

	Entitlement(CrmContracts crm) {
		this.crm = crm;
	}

	/**
	 * Checks an account.
	 * @param accountId the {@code AccountID} that the identity provider vouches for
	 * @return empty if the app is for them; {@code individuals-only} for an organisation,
	 * {@code distribution-only} without a sales or comprehensive contract,
	 * {@code crm-refused} if CRM does not know them, {@code crm-unavailable} if it fails
	 */
	public Mono<Void> check(String accountId) {
		Mono<Boolean> person = this.crm.isPerson(accountId)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.CRM_REFUSED)));
		// Both to their end: of two calls a half-open breaker lets one through, and
		// cancelled
		// because of the other it would say nothing.
		return Mono.zipDelayError(person, this.crm.hasContractForTheApp(accountId))
			.onErrorMap(Exceptions::isMultiple, (all) -> Exceptions.unwrapMultiple(all).getFirst())
			.flatMap((answers) -> decide(answers.getT1(), answers.getT2()));
	}

	private static Mono<Void> decide(boolean person, boolean contract) {
		if (!person) {
			return Mono.error(Problem.of(ProblemCode.INDIVIDUALS_ONLY));
		}
		return contract ? Mono.empty() : Mono.error(Problem.of(ProblemCode.DISTRIBUTION_ONLY));
	}

}
