package pl.bramka.gateway.session;

import java.util.List;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.device.DeviceSummary;
import pl.bramka.gateway.device.Devices;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The phones on which a customer can come in.
 */
@RestController
final class DeviceController {

	private final Devices devices;

	private final Sessions sessions;

	DeviceController(Devices devices, Sessions sessions) {
		this.devices = devices;
		this.sessions = sessions;
	}

	/**
	 * The customer's devices.
	 *
	 * @param items the latest seen first, at most 100
	 */
	record DeviceList(List<DeviceSummary> items) {
	}

	/**
	 * The phones with an open session, a PIN or a fingerprint of the customer.
	 * @param customer who asks
	 * @return the phones
	 */
	@GetMapping("/v1/devices")
	@Answers(ProblemCode.STORE_UNAVAILABLE)
	Mono<ResponseEntity<DeviceList>> devices(@AuthenticationPrincipal Customer customer) {
		return this.sessions.devicesOf(customer)
			.map((items) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new DeviceList(items)));
	}

	/**
	 * Removes a device, also the one that asks. Its sessions end, its PIN and the key
	 * behind its fingerprint open nothing any more; only the password does.
	 * @param customer who asks
	 * @param id which one, as in the list of devices
	 * @return the device is forgotten
	 */
	@DeleteMapping("/v1/devices/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers({ ProblemCode.DEVICE_NOT_FOUND, ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Void>> removeDevice(@AuthenticationPrincipal Customer customer, @PathVariable String id) {
		return this.devices.owned(id, customer.id())
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.DEVICE_NOT_FOUND)))
			.flatMap((device) -> this.sessions.remove(customer, device))
			.then(Mono.fromSupplier(() -> ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build()));
	}

}
