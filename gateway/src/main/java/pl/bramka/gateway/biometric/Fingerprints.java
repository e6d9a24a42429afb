package pl.bramka.gateway.biometric;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.access.ProofSignatures;
import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.compatibility.Verdicts;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.device.Consent;
import pl.bramka.gateway.device.Device;
import pl.bramka.gateway.device.Devices;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * What a phone shows after a fingerprint: that it holds the key of its device, by a
 * signature over a challenge. The challenge is used up before the signature is looked at.
 */
@Component
public final class Fingerprints {

	private final Challenges challenges;

	private final BiometricKeys keys;

	private final ProofSignatures signatures;

	private final Verdicts verdicts;

	private final Devices devices;

	private final Consent consent;

	private final SecurityEvents events;

	private final Clock clock;

	Fingerprints(Challenges challenges, BiometricKeys keys, ProofSignatures signatures, Verdicts verdicts,
			Devices devices, Consent consent, SecurityEvents events, Clock clock) {
		this.challenges = challenges;
		this.keys = keys;
		this.signatures = signatures;
		this.verdicts = verdicts;
		this.devices = devices;
		this.consent = consent;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Whether there are fingerprints on such a phone.
	 * @param headers by which the app says what it runs on
	 * @return empty if so, {@code biometrics-unsupported} otherwise
	 */
	public Mono<Void> supported(HttpHeaders headers) {
		return Mono.defer(() -> this.verdicts.phone(headers).biometrics() ? Mono.empty()
				: Mono.error(Problem.of(ProblemCode.BIOMETRICS_UNSUPPORTED)));
	}

	/**
	 * Checks a signature that is to open a session.
	 * @param device whose key signed the request's proof
	 * @param challenge as given out; used up by this, if it is one of the device
	 * @param signature r and s, 64 bytes, base64url
	 * @return empty if the device's key signed; {@code biometric-refused} whatever is
	 * wrong
	 */
	public Mono<Void> check(Device device, String challenge, String signature) {
		return this.challenges.use(challenge, device, Purpose.SIGN_IN)
			.filter((used) -> used)
			.flatMap((used) -> this.keys.of(device))
			.filter((key) -> isSigned(key, Purpose.SIGN_IN, device, challenge, signature))
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.BIOMETRIC_REFUSED)))
			.then();
	}

	/** Enrols a key for the device of a session. */
	Mono<Void> enrol(Customer customer, BiometricPublicKey given, String challenge, String signature) {
		return Mono.fromSupplier(() -> key(given, customer))
			.flatMap((key) -> this.devices.of(customer.id(), customer.device())
				.flatMap((device) -> enrol(customer, device, key, challenge, signature)))
			.onErrorResume(Problem.class,
					(problem) -> record(SecurityEvent.BIOMETRIC_KEY_SET, customer, problem.code().code())
						.then(Mono.error(problem)));
	}

	private Mono<Void> enrol(Customer customer, Device device, ECKey key, String challenge, String signature) {
		return this.challenges.use(challenge, device, Purpose.ENROLMENT).flatMap((used) -> {
			if (!used) {
				return Mono.error(invalid("challenge"));
			}
			return isSigned(key, Purpose.ENROLMENT, device, challenge, signature)
					? this.keys.set(device, customer.sessionId(), key, this.clock.instant())
					: Mono.error(invalid("signature"));
		})
			.filter((set) -> set)
			// The session ended meanwhile.
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.INVALID_TOKEN)))
			.then(record(SecurityEvent.BIOMETRIC_KEY_SET, customer, "done"));
	}

	/** Removes the key of a session's device, if there is one. */
	Mono<Void> remove(Customer customer) {
		return this.devices.of(customer.id(), customer.device())
			.flatMap(this.keys::remove)
			.filter((removed) -> removed)
			.flatMap((removed) -> this.consent.release(customer.id(), customer.device())
				.then(record(SecurityEvent.BIOMETRIC_KEY_REMOVED, customer, "done")));
	}

	private Mono<Void> record(SecurityEvent event, Customer customer, String result) {
		return this.events.record(event, customer.id(), customer.device(), result);
	}

	/**
	 * What opens the phone's every request must not also be what a fingerprint guards.
	 */
	private static ECKey key(BiometricPublicKey given, Customer customer) {
		try {
			ECKey key = given.key();
			if (key.computeThumbprint().toString().equals(customer.device())) {
				throw invalid("publicKey");
			}
			return key;
		}
		catch (IllegalArgumentException | JOSEException ex) {
			throw invalid("publicKey");
		}
	}

	/** The text names all that a signature must not be moved between. */
	private boolean isSigned(ECKey key, Purpose purpose, Device device, String challenge, String signature) {
		String text = "bramka-biometric." + purpose + '.' + device.id() + '.' + challenge;
		return this.signatures.isSigned(key, text.getBytes(StandardCharsets.US_ASCII), signature);
	}

	private static Problem invalid(String field) {
		return Problem.of(ProblemCode.INVALID_REQUEST).with("errors", List.of(Map.of("field", field)));
	}

}
