package pl.bramka.gateway.session;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.biometric.Fingerprints;
import pl.bramka.gateway.contracts.Entitlement;
import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.device.Consent;
import pl.bramka.gateway.device.Device;
import pl.bramka.gateway.device.Devices;
import pl.bramka.gateway.identity.IdentityGrants;
import pl.bramka.gateway.identity.PortalUser;
import pl.bramka.gateway.pin.Pins;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * The ways to a session, all in this file. Each ends in the same last step: whoever
 * showed who they are may still not be someone the app is for, and only then is told so.
 */
@Component
final class SignIn {

	private final IdentityGrants grants;

	private final Entitlement entitlement;

	private final Devices devices;

	private final Pins pins;

	private final Fingerprints fingerprints;

	private final Consent consent;

	private final Sessions sessions;

	private final SecurityEvents events;

	private final SessionProperties settings;

	private final Clock clock;

	SignIn(IdentityGrants grants, Entitlement entitlement, Devices devices, Pins pins, Fingerprints fingerprints,
			Consent consent, Sessions sessions, SecurityEvents events, SessionProperties settings, Clock clock) {
		this.grants = grants;
		this.entitlement = entitlement;
		this.devices = devices;
		this.pins = pins;
		this.fingerprints = fingerprints;
		this.consent = consent;
		this.sessions = sessions;
		this.events = events;
		this.settings = settings;
		this.clock = clock;
	}

	/** E-mail and password. */
	Mono<SessionTokens> byPassword(String email, String password, String device) {
		if (!this.settings.passwordSignIn()) {
			return Mono.error(Problem.of(ProblemCode.SIGN_IN_METHOD_OFF));
		}
		return this.grants.byPassword(email, password)
			.flatMap((user) -> withPassword(user, device))
			.onErrorResume(Problem.class, (problem) -> refused(SecurityEvent.SIGN_IN, email, device, problem));
	}

	/** An authorization code of the system browser, where the password was typed. */
	Mono<SessionTokens> byCode(String code, String verifier, URI redirectUri, String device) {
		if (!this.settings.redirectUris().contains(redirectUri)) {
			return Mono.error(Problem.of(ProblemCode.SIGN_IN_METHOD_OFF));
		}
		return this.grants.byCode(code, verifier, redirectUri)
			.flatMap((user) -> withPassword(user, device))
			.onErrorResume(Problem.class,
					(problem) -> refused(SecurityEvent.SIGN_IN, "authorization-code", device, problem));
	}

	/**
	 * The PIN of a device. What is wrong with the account is told only to whoever knows
	 * the PIN.
	 */
	Mono<SessionTokens> byPin(String deviceId, String pin, String thumbprint) {
		return this.devices.find(deviceId, thumbprint)
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((found) -> this.pins.check(found, pin)
				.flatMap((device) -> withConsent(device, AuthenticationMethod.PIN, SecurityEvent.PIN_SIGN_IN))
				.onErrorResume(Problem.class, (problem) -> refused(SecurityEvent.PIN_SIGN_IN,
						found.map(Device::customerId).orElse("unknown-device"), thumbprint, problem)));
	}

	/** The key that a known device releases after a fingerprint. */
	Mono<SessionTokens> byFingerprint(String deviceId, String challenge, String signature, String thumbprint) {
		return this.devices.find(deviceId, thumbprint)
			.flatMap((device) -> this.fingerprints.check(device, challenge, signature)
				.then(withConsent(device, AuthenticationMethod.BIOMETRIC, SecurityEvent.BIOMETRIC_SIGN_IN))
				.onErrorResume(Problem.class,
						(problem) -> refused(SecurityEvent.BIOMETRIC_SIGN_IN, device.customerId(), thumbprint,
								problem)))
			.switchIfEmpty(Mono.defer(() -> refused(SecurityEvent.BIOMETRIC_SIGN_IN, deviceId, thumbprint,
					Problem.of(ProblemCode.BIOMETRIC_REFUSED))));
	}

	/** Nobody is remembered on a device who may not come in. */
	private Mono<SessionTokens> withPassword(PortalUser user, String thumbprint) {
		return recent(user).then(Mono.defer(() -> this.entitlement.check(user.customerId())))
			.then(this.consent.given(user, thumbprint))
			.onErrorResume(Problem.class, (problem) -> this.grants.end(user.refreshToken()).then(Mono.error(problem)))
			.flatMap((device) -> open(user, device, AuthenticationMethod.PASSWORD, SecurityEvent.SIGN_IN));
	}

	/**
	 * The browser may have been let in by a password of long ago: a session that is over
	 * as soon as it is opened would only puzzle its owner.
	 */
	private Mono<Void> recent(PortalUser user) {
		Instant password = user.passwordAt();
		boolean over = password != null && this.clock.instant().isAfter(password.plus(this.settings.maxAge()));
		return over ? Mono.error(Problem.of(ProblemCode.PASSWORD_REQUIRED)) : Mono.empty();
	}

	/**
	 * Without the password the provider is asked whether the account is still as it was.
	 */
	private Mono<SessionTokens> withConsent(Device device, AuthenticationMethod method, SecurityEvent event) {
		return this.sessions.consent(device)
			.flatMap((user) -> this.entitlement.check(device.customerId())
				.then(Mono.defer(() -> open(user, device, method, event))));
	}

	private Mono<SessionTokens> open(PortalUser user, Device device, AuthenticationMethod method, SecurityEvent event) {
		return this.sessions.open(user, device, method)
			.flatMap((tokens) -> this.events.record(event, device.customerId(), device.thumbprint(), "done")
				.thenReturn(tokens));
	}

	private Mono<SessionTokens> refused(SecurityEvent event, String person, String device, Problem problem) {
		return this.events.record(event, person, device, problem.code().code()).then(Mono.error(problem));
	}

}
