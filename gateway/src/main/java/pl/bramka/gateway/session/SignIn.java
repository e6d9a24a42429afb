package pl.bramka.gateway.session;

import java.net.URI;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.contracts.Entitlement;
import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.session.IdentityGrants.PortalUser;
import pl.bramka.gateway.session.SecurityEvents.Event;

import org.springframework.stereotype.Component;

/**
 * The ways to a session, all in this file. Each ends in the same last step: whoever
 * showed who they are may still not be someone the app is for, and only then is told so.
 */
@Component
final class SignIn {

	private final IdentityGrants grants;

	private final Entitlement entitlement;

	private final Sessions sessions;

	private final SecurityEvents events;

	private final SessionProperties settings;

	SignIn(IdentityGrants grants, Entitlement entitlement, Sessions sessions, SecurityEvents events,
			SessionProperties settings) {
		this.grants = grants;
		this.entitlement = entitlement;
		this.sessions = sessions;
		this.events = events;
		this.settings = settings;
	}

	/** E-mail and password. */
	Mono<SessionTokens> byPassword(String email, String password, String device) {
		if (!this.settings.passwordSignIn()) {
			return Mono.error(Problem.of(ProblemCode.SIGN_IN_METHOD_OFF));
		}
		return this.grants.byPassword(email, password)
			.flatMap((user) -> lastStep(user, device, AuthenticationMethod.PASSWORD))
			.onErrorResume(Problem.class, (problem) -> refused(email, device, problem));
	}

	/** An authorization code of the system browser, where the password was typed. */
	Mono<SessionTokens> byCode(String code, String verifier, URI redirectUri, String device) {
		if (!this.settings.redirectUris().contains(redirectUri)) {
			return Mono.error(Problem.of(ProblemCode.SIGN_IN_METHOD_OFF));
		}
		return this.grants.byCode(code, verifier, redirectUri)
			.flatMap((user) -> lastStep(user, device, AuthenticationMethod.PASSWORD))
			.onErrorResume(Problem.class, (problem) -> refused("authorization-code", device, problem));
	}

	private Mono<SessionTokens> lastStep(PortalUser user, String device, AuthenticationMethod method) {
		return this.entitlement.check(user.customerId())
			.then(this.sessions.open(user, device, method))
			.onErrorResume(Problem.class, (problem) -> this.grants.end(user.refreshToken()).then(Mono.error(problem)));
	}

	private Mono<SessionTokens> refused(String person, String device, Problem problem) {
		return this.events.record(Event.SIGN_IN, person, device, problem.code().code()).then(Mono.error(problem));
	}

}
