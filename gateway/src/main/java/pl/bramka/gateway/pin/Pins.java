package pl.bramka.gateway.pin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.device.Consent;
import pl.bramka.gateway.device.Device;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * The PINs of devices. A try is counted before the PIN is looked at, so that however many
 * come at once, at whatever nodes, no more are looked at than may be wrong. Where there
 * is no PIN to look at, the same steps are gone through for nobody.
 */
@Component
public final class Pins {

	private static final Duration AGAIN = Duration.ofMillis(25);

	private final PinStore store;

	private final PinHashes hashes;

	private final HashPool pool;

	private final Consent consent;

	private final SecurityEvents events;

	private final PinProperties settings;

	private final MeterRegistry meters;

	private final Clock clock;

	Pins(PinStore store, PinHashes hashes, HashPool pool, Consent consent, SecurityEvents events,
			PinProperties settings, MeterRegistry meters, Clock clock) {
		this.store = store;
		this.hashes = hashes;
		this.pool = pool;
		this.consent = consent;
		this.events = events;
		this.settings = settings;
		this.meters = meters;
		this.clock = clock;
		for (Outcome outcome : Outcome.values()) {
			count(outcome, 0);
		}
	}

	/**
	 * What came of a try.
	 */
	private enum Outcome {

		RIGHT, WRONG, ERASED, NONE, DAY_OVER, BUSY, OVERLOADED

	}

	/**
	 * Whether a device has a PIN.
	 * @param device the device
	 * @return whether a PIN can open a session there
	 */
	public Mono<Boolean> exist(Device device) {
		return this.store.find(device.id()).map(this.hashes::isReadable).defaultIfEmpty(false);
	}

	/**
	 * Tries a PIN.
	 * @param device the device, if whoever asks has its key
	 * @param pin as typed in
	 * @return the device, if the PIN is its own; {@code pin-refused} without saying why,
	 * {@code overloaded} if nothing was counted and it may be tried again
	 */
	public Mono<Device> check(Optional<Device> device, String pin) {
		return Mono.defer(() -> round(device, pin, this.clock.instant().plus(this.settings.longestWait())))
			.flatMap((outcome) -> {
				count(outcome, 1);
				return switch (outcome) {
					case RIGHT -> Mono.justOrEmpty(device);
					case BUSY, OVERLOADED -> Mono.error(HashPool.full());
					default -> Mono.error(Problem.of(ProblemCode.PIN_REFUSED));
				};
			});
	}

	/**
	 * While all tries are taken and not decided, one may come free: they may be right.
	 */
	private Mono<Outcome> round(Optional<Device> device, String pin, Instant until) {
		return this.pool.inAPlace(device.isPresent(), decide(device, pin))
			.onErrorResume(Problem.class,
					(problem) -> (problem.code() == ProblemCode.OVERLOADED) ? Mono.just(Outcome.OVERLOADED)
							: Mono.error(problem))
			.flatMap((outcome) -> (outcome == Outcome.BUSY && this.clock.instant().isBefore(until))
					? Mono.delay(AGAIN).then(Mono.defer(() -> round(device, pin, until))) : Mono.just(outcome));
	}

	private Mono<Outcome> decide(Optional<Device> device, String pin) {
		return this.store.take(device.map(Device::id).orElse(""), device.map(Device::customerId).orElse(""))
			.flatMap((taken) -> switch (taken.state()) {
				case TAKEN -> verdict(device.orElseThrow(), taken.tried(), pin);
				case BUSY -> Mono.just(Outcome.BUSY);
				case NONE -> forNobody(taken.tried(), pin).thenReturn(Outcome.NONE);
				case ERASED ->
					erased(device.orElseThrow()).then(forNobody(taken.tried(), pin)).thenReturn(Outcome.NONE);
				case DAY_OVER -> forNobody(taken.tried(), pin).thenReturn(Outcome.DAY_OVER);
			});
	}

	private Mono<Outcome> verdict(Device device, Try tried, String pin) {
		return this.pool.make(() -> this.hashes.fits(tried.hash(), device.id(), pin)).flatMap((fits) -> {
			if (fits) {
				return this.store.right(tried).then(renewed(tried, pin)).thenReturn(Outcome.RIGHT);
			}
			if (!this.hashes.isReadable(tried.hash())) {
				return this.store.giveBack(tried).thenReturn(Outcome.NONE);
			}
			return this.store.wrong(tried)
				.flatMap((last) -> last ? erased(device).thenReturn(Outcome.ERASED) : Mono.just(Outcome.WRONG));
		});
	}

	/** Nothing is counted for anybody, and it takes as long. */
	private Mono<Void> forNobody(Try nobodys, String pin) {
		return this.pool.make(() -> this.hashes.fitsNobody("", pin)).then(this.store.wrongOfNobody(nobodys));
	}

	/** That a better hash cannot be kept now keeps nobody out. */
	private Mono<Void> renewed(Try tried, String pin) {
		return this.hashes.isOld(tried.hash()) ? this.pool.make(() -> this.hashes.of(tried.deviceId(), pin))
			.flatMap((hash) -> this.store.renew(tried, hash))
			.onErrorComplete(Problem.class) : Mono.empty();
	}

	/**
	 * Nothing but the password may open a session there now. Whoever typed the last wrong
	 * one waits no longer than for any other, and holds a place no longer.
	 */
	private Mono<Void> erased(Device device) {
		return this.events.record(SecurityEvent.PIN_ERASED, device.customerId(), device.thumbprint(), "done")
			.then(this.consent.drop(device.customerId(), device.thumbprint()))
			.onErrorComplete(Problem.class);
	}

	/** Sets a PIN, or another one; {@code invalid-token} if the session has ended. */
	Mono<Void> set(Device device, String sessionId, String pin) {
		return this.pool
			.inAPlace(true,
					this.pool.make(() -> this.hashes.of(device.id(), pin))
						.flatMap((hash) -> this.store.set(device.id(), sessionId, hash)))
			.filter((set) -> set)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.INVALID_TOKEN)))
			.then(this.events.record(SecurityEvent.PIN_SET, device.customerId(), device.thumbprint(), "done"));
	}

	/** Removes the PIN, if there is one. */
	Mono<Void> remove(Device device) {
		return this.store.remove(device.id())
			.filter((removed) -> removed)
			.flatMap((removed) -> this.events
				.record(SecurityEvent.PIN_REMOVED, device.customerId(), device.thumbprint(), "done")
				.then(this.consent.release(device.customerId(), device.thumbprint())));
	}

	private void count(Outcome outcome, int times) {
		String result = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
		this.meters.counter(Names.PIN_CHECKS, "result", result).increment(times);
	}

}
