package pl.bramka.gateway.pin;

import java.util.Optional;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.device.Device;
import pl.bramka.gateway.device.Devices;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.stepup.RecentSignIn;
import pl.bramka.gateway.stepup.RecentSignIns;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The PIN of the device that asks.
 */
@RestController
final class PinController {

	private final Devices devices;

	private final Pins pins;

	private final PinRules rules;

	private final SecurityEvents events;

	private final RecentSignIns signIns;

	PinController(Devices devices, Pins pins, PinRules rules, SecurityEvents events, RecentSignIns signIns) {
		this.devices = devices;
		this.pins = pins;
		this.rules = rules;
		this.events = events;
		this.signIns = signIns;
	}

	/**
	 * A PIN for this device.
	 *
	 * @param pin the new one: 4 digits, or what the installation wants
	 * @param currentPin the one that is set, if the password was not shown just now
	 */
	@Schema(example = "{\"pin\":\"4826\"}")
	record PinRequest(@NotNull @Pattern(regexp = "[0-9]{4,6}") String pin,
			@Nullable @Pattern(regexp = "[0-9]{4,6}") String currentPin) {

		/** Never the PINs. */
		@Override
		public String toString() {
			return "PinRequest";
		}

	}

	/**
	 * Sets or changes the PIN of the device that asks. That takes a session that the
	 * password opened at most 5 minutes ago, or the PIN as it is now; a wrong one counts
	 * as at sign-in.
	 * @param customer who asks
	 * @param body the PIN
	 * @return the PIN holds; the one before it holds no more
	 */
	@PutMapping("/v1/devices/current/pin")
	@RecentSignIn(methods = AuthenticationMethod.PASSWORD, byHandler = true)
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers({ ProblemCode.WEAK_PIN, ProblemCode.INSUFFICIENT_USER_AUTHENTICATION, ProblemCode.DEVICE_NOT_FOUND,
			ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Void>> setPin(@AuthenticationPrincipal Customer customer,
			@Valid @RequestBody Mono<PinRequest> body) {
		return body
			.flatMap((asked) -> this.signIns.require(customer, AuthenticationMethod.PASSWORD)
				.thenReturn(true)
				.onErrorResume(Problem.class,
						(notRecent) -> (asked.currentPin() != null) ? Mono.just(false) : Mono.error(notRecent))
				.flatMap((recent) -> set(customer, asked, recent)))
			.thenReturn(nothing());
	}

	private Mono<Void> set(Customer customer, PinRequest asked, boolean recent) {
		this.rules.check(asked.pin());
		return device(customer)
			.flatMap((device) -> (recent || asked.currentPin() == null) ? Mono.just(device)
					: withPin(customer, device, asked.currentPin()))
			.flatMap((device) -> this.pins.set(device, customer.sessionId(), asked.pin()));
	}

	/**
	 * Removes the PIN of the device that asks, if it has one. That takes a session that
	 * was opened at most 5 minutes ago, in whatever way.
	 * @param customer who asks
	 * @return no PIN opens a session on this device
	 */
	@DeleteMapping("/v1/devices/current/pin")
	@RecentSignIn
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers({ ProblemCode.INSUFFICIENT_USER_AUTHENTICATION, ProblemCode.DEVICE_NOT_FOUND,
			ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Void>> removePin(@AuthenticationPrincipal Customer customer) {
		return device(customer).flatMap(this.pins::remove).thenReturn(nothing());
	}

	private Mono<Device> withPin(Customer customer, Device device, String pin) {
		return this.pins.check(Optional.of(device), pin)
			.onErrorResume(Problem.class,
					(problem) -> this.events
						.record(SecurityEvent.PIN_SET, device.customerId(), device.thumbprint(), problem.code().code())
						.then((problem.code() == ProblemCode.PIN_REFUSED)
								? this.signIns.require(customer, AuthenticationMethod.PASSWORD) : Mono.empty())
						.then(Mono.error(problem)));
	}

	private Mono<Device> device(Customer customer) {
		return this.devices.of(customer.id(), customer.device())
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.DEVICE_NOT_FOUND)));
	}

	private static ResponseEntity<Void> nothing() {
		return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
	}

}
