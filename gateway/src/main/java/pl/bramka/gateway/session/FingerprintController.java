package pl.bramka.gateway.session;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.access.DeviceProofs;
import pl.bramka.gateway.biometric.Fingerprints;
import pl.bramka.gateway.device.Devices;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.ratelimit.LimitKey;
import pl.bramka.gateway.ratelimit.Limits;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sessions that a fingerprint opens.
 */
@RestController
final class FingerprintController {

	private final DeviceProofs proofs;

	private final Limits limits;

	private final Fingerprints fingerprints;

	private final SignIn signIn;

	private final Devices devices;

	FingerprintController(DeviceProofs proofs, Limits limits, Fingerprints fingerprints, SignIn signIn,
			Devices devices) {
		this.proofs = proofs;
		this.limits = limits;
		this.fingerprints = fingerprints;
		this.signIn = signIn;
		this.devices = devices;
	}

	/**
	 * Asks for a session with the key behind a fingerprint.
	 *
	 * @param deviceId of the phone, as in its tokens
	 * @param challenge one of purpose SIGN_IN
	 * @param signature of the enrolled key over the ASCII text
	 * {@code bramka-biometric.SIGN_IN.<deviceId>.<challenge>}: ES256, r and s in 64 bytes
	 * (not DER), base64url
	 */
	record FingerprintRequest(
			@NotNull @Pattern(regexp = "[A-Za-z0-9-]{1,36}") @Schema(
					example = "1d1c27d6-33a5-4f0c-9d0a-2f5c0b1f2a3b") String deviceId,
			@NotNull @Pattern(regexp = "[A-Za-z0-9_-]{43}") String challenge,
			@NotNull @Pattern(regexp = "[A-Za-z0-9_-]{85}[AQgw]") String signature) {

		/** Never what was sent. */
		@Override
		public String toString() {
			return "FingerprintRequest";
		}

	}

	/**
	 * Opens a session with the key behind a fingerprint. The challenge is used up,
	 * whatever the answer. The identity provider is asked whether the account is still as
	 * it was when the password was last shown.
	 * @param exchange carries the proof
	 * @param body the signed challenge
	 * @return the session is open; the tokens of it
	 */
	@PostMapping("/v1/sessions/biometric")
	@ResponseStatus(HttpStatus.CREATED)
	@Answers({ ProblemCode.INVALID_PROOF, ProblemCode.BIOMETRIC_REFUSED, ProblemCode.PASSWORD_REQUIRED,
			ProblemCode.BIOMETRICS_UNSUPPORTED, ProblemCode.DISTRIBUTION_ONLY, ProblemCode.INDIVIDUALS_ONLY,
			ProblemCode.IDENTITY_REFUSED, ProblemCode.IDENTITY_UNAVAILABLE, ProblemCode.CRM_REFUSED,
			ProblemCode.CRM_UNAVAILABLE, ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<SessionTokens>> signInByFingerprint(ServerWebExchange exchange,
			@Valid @RequestBody Mono<FingerprintRequest> body) {
		HttpHeaders headers = exchange.getRequest().getHeaders();
		return this.proofs.device(exchange.getRequest())
			.flatMap((device) -> this.limits.charge(exchange, LimitKey.DEVICE, device)
				.then(this.fingerprints.supported(headers))
				.then(body)
				.flatMap((asked) -> this.signIn.byFingerprint(asked.deviceId(), asked.challenge(), asked.signature(),
						device)))
			.delayUntil((tokens) -> this.devices.seen(tokens.deviceId(), null, headers))
			.map((tokens) -> ResponseEntity.status(HttpStatus.CREATED)
				.cacheControl(CacheControl.noStore())
				.body(tokens));
	}

}
