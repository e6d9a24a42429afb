package pl.bramka.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.access.AccessTokens;
import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.device.Consent;
import pl.bramka.gateway.device.Device;
import pl.bramka.gateway.device.DeviceSummary;
import pl.bramka.gateway.device.Devices;
import pl.bramka.gateway.device.NoConsent;
import pl.bramka.gateway.identity.PortalUser;
import pl.bramka.gateway.pin.Pins;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.session.SessionStore.Which;
import pl.bramka.gateway.session.SessionTokens.Next;
import pl.bramka.gateway.terms.Acceptances;

import org.springframework.stereotype.Component;

/**
 * The life of a session: opened once its owner is known, kept by rotating refresh tokens
 * (RFC 9700, section 4.14), ended by its owner, by time, or because a token was used that
 * should not exist any more.
 */
@Component
final class Sessions {

	/** Statements and calls under way for one customer. */
	private static final int AT_ONCE = 4;

	private static final String WITHDRAWN = "consent-lost";

	private final SessionStore store;

	private final SessionProperties settings;

	private final AccessTokens tokens;

	private final SessionEnds ends;

	private final Consent consent;

	private final Devices devices;

	private final Pins pins;

	private final Acceptances acceptances;

	private final SecurityEvents events;

	private final Clock clock;

	Sessions(SessionStore store, SessionProperties settings, AccessTokens tokens, SessionEnds ends, Consent consent,
			Devices devices, Pins pins, Acceptances acceptances, SecurityEvents events, Clock clock) {
		this.store = store;
		this.settings = settings;
		this.tokens = tokens;
		this.ends = ends;
		this.consent = consent;
		this.devices = devices;
		this.pins = pins;
		this.acceptances = acceptances;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Opens a session for someone who has just shown who they are. Only here it is asked
	 * what they have to accept: an edition of the terms that begins later is due at the
	 * next sign-in.
	 */
	Mono<SessionTokens> open(PortalUser user, Device device, AuthenticationMethod method) {
		return this.acceptances.due(user.customerId())
			.singleOptional()
			.flatMap((due) -> open(user, device, method, due.orElse(null)));
	}

	/** Random numbers are read from the system, so not on an event loop. */
	private Mono<SessionTokens> open(PortalUser user, Device device, AuthenticationMethod method,
			@Nullable String termsDue) {
		return next(device, termsDue).publishOn(Schedulers.boundedElastic()).flatMap((next) -> {
			Instant now = this.clock.instant();
			Customer customer = new Customer(user.customerId(), UUID.randomUUID().toString(), device.thumbprint(),
					method, authenticated(user, method, now), termsDue);
			RefreshToken first = RefreshToken.next();
			return this.store.open(customer, device, user.subject(), first, now)
				.filter((opened) -> opened)
				.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.PASSWORD_REQUIRED)))
				.map((opened) -> tokens(customer, device.id(), user.subject(), first, next.orElse(null)));
		});
	}

	/** The browser may have been let in by a password of long ago. */
	private static Instant authenticated(PortalUser user, AuthenticationMethod method, Instant now) {
		return (method == AuthenticationMethod.PASSWORD) ? Objects.requireNonNullElse(user.passwordAt(), now) : now;
	}

	private Mono<Optional<Next>> next(Device device, @Nullable String termsDue) {
		return (termsDue != null) ? Mono.just(Optional.of(Next.ACCEPT_TERMS))
				: this.pins.exist(device).map((pin) -> pin ? Optional.empty() : Optional.of(Next.SET_PIN));
	}

	/** Exchanges a refresh token; the device is the one whose key signed the proof. */
	Mono<SessionTokens> refresh(RefreshToken token, String device) {
		return this.store.find(token).switchIfEmpty(Mono.error(over())).flatMap((stored) -> {
			Instant now = this.clock.instant();
			if (stored.ended()) {
				return Mono.error(over());
			}
			if (!stored.customer().device().equals(device)) {
				return reused(stored.customer(), device);
			}
			if (isOver(stored, now)) {
				return end(stored.customer(), "expired").then(Mono.error(over()));
			}
			return (stored.used() == null)
					? confirmed(stored).then(Mono.defer(() -> rotate(token, stored, device, now)))
					: repeat(token, stored, device, now);
		});
	}

	/**
	 * The provider's consent to a sign-in without the password. If it has been withdrawn,
	 * the account was locked or its password changed: no session of its stays open.
	 */
	Mono<PortalUser> consent(Device device) {
		return this.consent.of(device)
			.onErrorResume(Problem.class, (problem) -> endWithdrawn(problem, device.customerId(), device.thumbprint())
				.then(Mono.error(problem)));
	}

	private Mono<Void> endWithdrawn(Problem problem, String customerId, String device) {
		String subject = NoConsent.withdrawnBy(problem);
		return (subject == null) ? Mono.empty() : endAll(customerId, Which.ofUser(subject), WITHDRAWN)
			.then(this.events.record(SecurityEvent.SESSION_END, customerId, device, WITHDRAWN));
	}

	/** From time to time the provider is asked while a session goes on. */
	private Mono<Void> confirmed(SessionStore.Stored stored) {
		Customer customer = stored.customer();
		return this.consent.of(new Device(stored.deviceId(), customer.id(), customer.device()), this.settings.confirm())
			.then()
			.onErrorResume(Problem.class, (problem) -> unconfirmed(customer, problem));
	}

	/** A provider that says nothing keeps nobody out who is in. */
	private Mono<Void> unconfirmed(Customer customer, Problem problem) {
		if (problem.code() != ProblemCode.PASSWORD_REQUIRED || NoConsent.isUnreadable(problem)) {
			return this.events.record(SecurityEvent.REFRESH, customer.id(), customer.device(), "unconfirmed");
		}
		return endWithdrawn(problem, customer.id(), customer.device()).then(end(customer, WITHDRAWN))
			.then(Mono.error(over()));
	}

	private Mono<SessionTokens> rotate(RefreshToken token, SessionStore.Stored stored, String device, Instant now) {
		RefreshToken successor = RefreshToken.next();
		return this.store.rotate(token, successor, stored.customer().sessionId(), now).flatMap((rotated) -> {
			if (rotated) {
				return this.events.record(SecurityEvent.REFRESH, stored.customer().id(), device, "done")
					.then(refreshed(stored, successor));
			}
			// Another request with the same token was faster: its successor is ours too.
			return this.store.find(token)
				.filter((again) -> !again.ended() && again.used() != null)
				.switchIfEmpty(Mono.error(over()))
				.flatMap((again) -> repeat(token, again, device, now));
		});
	}

	/**
	 * The token was used: soon after, the answer was lost on its way; later, it was
	 * stolen.
	 */
	private Mono<SessionTokens> repeat(RefreshToken token, SessionStore.Stored stored, String device, Instant now) {
		Instant used = stored.used();
		String successor = stored.successor();
		if (used == null || successor == null || now.isAfter(used.plus(this.settings.refreshGrace()))) {
			return reused(stored.customer(), device);
		}
		return Mono.defer(() -> refreshed(stored, token.unseal(successor)));
	}

	/** What was due at sign-in is said in tokens until it is accepted. */
	private Mono<SessionTokens> refreshed(SessionStore.Stored stored, RefreshToken successor) {
		Customer customer = stored.customer();
		String due = customer.termsDue();
		Mono<Boolean> owes = (due == null) ? Mono.just(false)
				: this.acceptances.isSettled(customer.id(), due).map((settled) -> !settled);
		return owes.map((still) -> tokens(still ? customer : customer.withTermsDue(null), stored.deviceId(),
				stored.subject(), successor, null));
	}

	private Mono<SessionTokens> reused(Customer customer, String device) {
		return this.events.record(SecurityEvent.TOKEN_REUSE, customer.id(), device, "session-ended")
			.then(end(customer, "token-reuse"))
			.then(Mono.error(over()));
	}

	/** Ends one session of a customer, here and at the provider. */
	Mono<Void> end(Customer customer, String sessionId, SecurityEvent event) {
		return end(customer.id(), sessionId, "owner")
			.switchIfEmpty(Mono.error(Problem.of(ProblemCode.SESSION_NOT_FOUND)))
			.then(this.events.record(event, customer.id(), customer.device(), "done"));
	}

	/** Ends the customer's other sessions, wherever they are. */
	Mono<Void> endOthers(Customer customer) {
		return endAll(customer.id(), Which.notThis(customer.sessionId()), "owner")
			.then(this.events.record(SecurityEvent.SESSION_END, customer.id(), customer.device(), "others"));
	}

	/**
	 * Ends all sessions on a device, and everything that opens one there without the
	 * password. Telling the provider may take a while, so the sessions end before; and
	 * again after, those that were being opened meanwhile, with what they set.
	 */
	Mono<Void> remove(Customer customer, Device device) {
		Mono<Void> end = Mono.defer(() -> endAll(customer.id(), Which.onDevice(device.id()), "device-removed"));
		return this.devices.disarm(device)
			.then(end)
			.then(this.consent.withdraw(device))
			.then(end)
			.then(this.devices.disarm(device))
			.then(this.events.record(SecurityEvent.DEVICE_REMOVED, customer.id(), customer.device(), "done"));
	}

	/** All of them end before the provider is told of any. */
	private Mono<Void> endAll(String customerId, Which which, String reason) {
		Instant now = this.clock.instant();
		return this.store.standing(customerId, which, now.minus(this.settings.idle()))
			.repeat()
			.takeUntil((sessions) -> sessions.size() < SessionStore.MOST_STANDING)
			.concatMapIterable((sessions) -> sessions, 1)
			.flatMap((session) -> this.store.end(customerId, session.sessionId(), reason, now)
				.delayUntil((thumbprint) -> this.ends.tell(session.sessionId(), customerId)), AT_ONCE)
			.collect(Collectors.toSet())
			.flatMapIterable((thumbprints) -> thumbprints)
			.flatMap((thumbprint) -> this.consent.release(customerId, thumbprint), AT_ONCE)
			.then();
	}

	/** The customer's devices that are not forgotten. */
	Mono<List<DeviceSummary>> devicesOf(Customer customer) {
		Instant now = this.clock.instant();
		return this.devices.list(customer, now.minus(this.settings.idle()), now.minus(this.settings.maxAge()));
	}

	/** The customer's open sessions. */
	Mono<List<SessionSummary>> of(Customer customer) {
		return this.store.open(customer, this.clock.instant(), this.settings.idle(), this.settings.maxAge());
	}

	private Mono<Void> end(Customer customer, String reason) {
		return end(customer.id(), customer.sessionId(), reason).then();
	}

	/**
	 * Our own session ends first, on all nodes; the provider is told if nothing else on
	 * the device stands on its consent, and if it can be.
	 */
	private Mono<Boolean> end(String customerId, String sessionId, String reason) {
		return this.store.end(customerId, sessionId, reason, this.clock.instant())
			.flatMap((thumbprint) -> this.ends.tell(sessionId, customerId)
				.then(this.consent.release(customerId, thumbprint))
				.thenReturn(true));
	}

	private boolean isOver(SessionStore.Stored stored, Instant now) {
		return now.isAfter(stored.issued().plus(this.settings.idle()))
				|| now.isAfter(stored.customer().authenticatedAt().plus(this.settings.maxAge()));
	}

	private SessionTokens tokens(Customer customer, String deviceId, String subject, RefreshToken refreshToken,
			@Nullable Next next) {
		Duration lifetime = this.tokens.lifetime();
		return new SessionTokens(this.tokens.issue(customer, subject), "DPoP", lifetime.toSeconds(),
				refreshToken.value(), customer.sessionId(), deviceId, next);
	}

	private static Problem over() {
		return Problem.of(ProblemCode.SESSION_ENDED);
	}

}
