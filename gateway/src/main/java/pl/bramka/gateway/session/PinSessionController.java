package pl.bramka.gateway.session;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.access.DeviceProofs;
import pl.bramka.gateway.device.Devices;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.ratelimit.LimitKey;
import pl.bramka.gateway.ratelimit.Limits;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sessions that a PIN opens. Without a proof of a device's key nothing is counted against
 * anybody.
 */
@RestController
final class PinSessionController {

	private final DeviceProofs proofs;

	private final Limits limits;

	private final SignIn signIn;

	private final Devices devices;

	PinSessionController(DeviceProofs proofs, Limits limits, SignIn signIn, Devices devices) {
		this.proofs = proofs;
		this.limits = limits;
		this.signIn = signIn;
		this.devices = devices;
	}

	/**
	 * Asks for a session with a PIN.
	 *
	 * @param deviceId the phone, as it was named when a session was opened on it last
	 * @param pin as typed in
	 */
	@Schema(example = "{\"deviceId\":\"0b9d6a3e-5f0c-4a55-9d3e-7f1f0a9b2c11\",\"pin\":\"4826\"}")
	record PinSignInRequest(@NotNull @Pattern(regexp = "[A-Za-z0-9-]{1,36}") String deviceId,
			@NotNull @Pattern(regexp = "[0-9]{4,6}") String pin) {

		/** Never the PIN. */
		@Override
		public String toString() {
			return "PinSignInRequest";
		}

	}

	/**
	 * Opens a session with the PIN of this device, which its key proves to be the one.
	 * The fifth wrong PIN in a row erases it; after twenty wrong ones in a day on all
	 * devices none is looked at until the next day. Then the password is the way. It is
	 * never said whether the PIN was wrong, erased or never set. While the account is
	 * locked, or after its password was changed, the right PIN is answered
	 * {@code password-required}.
	 * @param exchange carries the proof
	 * @param body device and PIN
	 * @return the session is open; the tokens of it
	 */
	@PostMapping("/v1/sessions/pin")
	@ResponseStatus(HttpStatus.CREATED)
	@Answers({ ProblemCode.INVALID_PROOF, ProblemCode.PIN_REFUSED, ProblemCode.PASSWORD_REQUIRED,
			ProblemCode.DISTRIBUTION_ONLY, ProblemCode.INDIVIDUALS_ONLY, ProblemCode.IDENTITY_REFUSED,
			ProblemCode.IDENTITY_UNAVAILABLE, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<SessionTokens>> signInByPin(ServerWebExchange exchange,
			@Valid @RequestBody Mono<PinSignInRequest> body) {
		return this.proofs.device(exchange.getRequest())
			.flatMap((device) -> this.limits.charge(exchange, LimitKey.DEVICE, device)
				.then(body.flatMap((asked) -> this.signIn.byPin(asked.deviceId(), asked.pin(), device))))
			.delayUntil((tokens) -> this.devices.seen(tokens.deviceId(), null, exchange.getRequest().getHeaders()))
			.map((tokens) -> ResponseEntity.status(HttpStatus.CREATED)
				.cacheControl(CacheControl.noStore())
				.body(tokens));
	}

}
