package pl.bramka.gateway.biometric;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.access.DeviceProofs;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.ratelimit.LimitKey;
import pl.bramka.gateway.ratelimit.Limits;
import pl.bramka.gateway.stepup.RecentSignIn;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The key behind a fingerprint: challenges for it, enrolling it, removing it.
 */
@RestController
final class BiometricController {

	private final DeviceProofs proofs;

	private final Limits limits;

	private final Challenges challenges;

	private final Fingerprints fingerprints;

	BiometricController(DeviceProofs proofs, Limits limits, Challenges challenges, Fingerprints fingerprints) {
		this.proofs = proofs;
		this.limits = limits;
		this.challenges = challenges;
		this.fingerprints = fingerprints;
	}

	/**
	 * Asks for a challenge.
	 *
	 * @param deviceId of the phone, as in its tokens
	 * @param purpose what it will be signed for
	 */
	record ChallengeRequest(@NotNull @Pattern(regexp = "[A-Za-z0-9-]{1,36}") @Schema(
			example = "1d1c27d6-33a5-4f0c-9d0a-2f5c0b1f2a3b") String deviceId, @NotNull Purpose purpose) {
	}

	/**
	 * Enrols a key.
	 *
	 * @param publicKey its public part
	 * @param challenge one of purpose ENROLMENT
	 * @param signature of the key to be enrolled over the ASCII text
	 * {@code bramka-biometric.ENROLMENT.<deviceId>.<challenge>}: ES256, r and s in 64
	 * bytes (not DER), base64url
	 */
	record Enrolment(@NotNull @Valid BiometricPublicKey publicKey,
			@NotNull @Pattern(regexp = "[A-Za-z0-9_-]{43}") String challenge,
			@NotNull @Pattern(regexp = "[A-Za-z0-9_-]{85}[AQgw]") String signature) {

		/** Never what was sent. */
		@Override
		public String toString() {
			return "Enrolment";
		}

	}

	/**
	 * Gives a challenge for the key behind a fingerprint. It is good for a minute, once,
	 * for this device and purpose. A phone without a key gets one too, and it opens
	 * nothing.
	 * @param exchange carries the proof
	 * @param body the phone, and what for
	 * @return the challenge
	 */
	@PostMapping("/v1/sessions/biometric/challenge")
	@ResponseStatus(HttpStatus.CREATED)
	@Answers({ ProblemCode.INVALID_PROOF, ProblemCode.BIOMETRICS_UNSUPPORTED, ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Challenge>> biometricChallenge(ServerWebExchange exchange,
			@Valid @RequestBody Mono<ChallengeRequest> body) {
		return this.proofs.device(exchange.getRequest())
			.flatMap((device) -> this.limits.charge(exchange, LimitKey.DEVICE, device)
				.then(this.fingerprints.supported(exchange.getRequest().getHeaders()))
				.then(body)
				.flatMap((asked) -> this.challenges.give(asked.deviceId(), device, asked.purpose())))
			.map((challenge) -> ResponseEntity.status(HttpStatus.CREATED)
				.cacheControl(CacheControl.noStore())
				.body(challenge));
	}

	/**
	 * Enrols the key that the phone releases after a fingerprint, in the place of the one
	 * before. Its signature over a challenge shows that the phone holds it. Only within
	 * five minutes after the customer showed who they are, in whatever way.
	 * @param request says what the phone is
	 * @param customer who asks
	 * @param body the key, and its signature
	 * @return the key opens sessions on this phone from now on
	 */
	@PutMapping("/v1/devices/current/biometric-key")
	@RecentSignIn
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers({ ProblemCode.INSUFFICIENT_USER_AUTHENTICATION, ProblemCode.BIOMETRICS_UNSUPPORTED,
			ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Void>> enrolBiometricKey(ServerHttpRequest request, @AuthenticationPrincipal Customer customer,
			@Valid @RequestBody Mono<Enrolment> body) {
		return this.fingerprints.supported(request.getHeaders())
			.then(body)
			.flatMap((asked) -> this.fingerprints.enrol(customer, asked.publicKey(), asked.challenge(),
					asked.signature()))
			.then(nothing());
	}

	/**
	 * Removes the key behind a fingerprint of this phone, if there is one. Only within
	 * five minutes after the customer showed who they are, in whatever way.
	 * @param customer who asks
	 * @return no fingerprint opens this phone any more
	 */
	@DeleteMapping("/v1/devices/current/biometric-key")
	@RecentSignIn
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers({ ProblemCode.INSUFFICIENT_USER_AUTHENTICATION, ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Void>> removeBiometricKey(@AuthenticationPrincipal Customer customer) {
		return this.fingerprints.remove(customer).then(nothing());
	}

	private static Mono<ResponseEntity<Void>> nothing() {
		return Mono.fromSupplier(() -> ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build());
	}

}
