package pl.bramka.gateway.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.access.AccessTokens;
import pl.bramka.gateway.access.Seal;
import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.session.SecurityEvents.Event;

import org.springframework.stereotype.Component;

/**
 * The life of a session: opened once its owner is known, kept by rotating refresh tokens
 * (RFC 9700, section 4.14), ended by its owner, by time, or because a token was used that
 * should not exist any more.
 */
@Component
final class Sessions {

	private final SessionStore store;

	private final SessionProperties settings;

	private final AccessTokens tokens;

	private final SessionEnds ends;

	private final Seal seal;

	private final IdentityGrants grants;

	private final SecurityEvents events;

	private final Clock clock;

	Sessions(SessionStore store, SessionProperties settings, AccessTokens tokens, SessionEnds ends, Seal seal,
			IdentityGrants grants, SecurityEvents events, Clock clock) {
		this.store = store;
		this.settings = settings;
		this.tokens = tokens;
		this.ends = ends;
		this.seal = seal;
		this.grants = grants;
		this.events = events;
		this.clock = clock;
	}

	/**
	 * Opens a session for someone who has just shown who they are. Random numbers are
	 * read from the system, so not on an event loop.
	 */
	Mono<SessionTokens> open(IdentityGrants.PortalUser user, String device, AuthenticationMethod method) {
		return Mono.defer(() -> {
			Instant now = this.clock.instant();
			Customer customer = new Customer(user.customerId(), UUID.randomUUID().toString(), device, method, now);
			RefreshToken first = RefreshToken.next();
			return this.store.open(customer, user.subject(), this.seal.close(user.refreshToken()), first, now)
				.then(this.events.record(Event.SIGN_IN, customer.id(), device, "done"))
				.then(Mono.fromSupplier(() -> tokens(customer, user.subject(), first)));
		}).subscribeOn(Schedulers.boundedElastic());
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
			return (stored.used() == null) ? rotate(token, stored, device, now) : repeat(token, stored, device, now);
		});
	}

	private Mono<SessionTokens> rotate(RefreshToken token, SessionStore.Stored stored, String device, Instant now) {
		RefreshToken successor = RefreshToken.next();
		return this.store.rotate(token, successor, stored.customer().sessionId(), now).flatMap((rotated) -> {
			if (rotated) {
				return this.events.record(Event.REFRESH, stored.customer().id(), device, "done")
					.then(Mono.fromSupplier(() -> tokens(stored.customer(), stored.subject(), successor)));
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
		return Mono.fromSupplier(() -> tokens(stored.customer(), stored.subject(), token.unseal(successor)));
	}

	private Mono<SessionTokens> reused(Customer customer, String device) {
		return this.events.record(Event.TOKEN_REUSE, customer.id(), device, "session-ended")
			.then(end(customer, "token-reuse"))
			.then(Mono.error(over()));
	}

	/** Ends one session of a customer, here and at the provider. */
	Mono<Void> end(Customer customer, String sessionId, Event event) {
		return end(customer.id(), sessionId, "owner")
			.switchIfEmpty(Mono.error(Problem.of(ProblemCode.SESSION_NOT_FOUND)))
			.then(this.events.record(event, customer.id(), customer.device(), "done"));
	}

	/** The customer's open sessions. */
	Mono<List<SessionSummary>> of(Customer customer) {
		return this.store.open(customer, this.clock.instant(), this.settings.idle(), this.settings.maxAge());
	}

	private Mono<Void> end(Customer customer, String reason) {
		return end(customer.id(), customer.sessionId(), reason).then();
	}

	/** Our own session ends first, on all nodes; the provider is told if it can be. */
	private Mono<Boolean> end(String customerId, String sessionId, String reason) {
		return this.store.end(customerId, sessionId, reason, this.clock.instant())
			.flatMap((token) -> this.ends.tell(sessionId, customerId)
				.then(token.isEmpty() ? Mono.empty() : endAtProvider(token))
				.thenReturn(true));
	}

	/** A token that no key of ours opens any more cannot be shown to the provider. */
	private Mono<Void> endAtProvider(String sealed) {
		return Mono.fromSupplier(() -> this.seal.open(sealed))
			.onErrorComplete(IllegalArgumentException.class)
			.flatMap(this.grants::end);
	}

	private boolean isOver(SessionStore.Stored stored, Instant now) {
		return now.isAfter(stored.issued().plus(this.settings.idle()))
				|| now.isAfter(stored.customer().authenticatedAt().plus(this.settings.maxAge()));
	}

	private SessionTokens tokens(Customer customer, String subject, RefreshToken refreshToken) {
		Duration lifetime = this.tokens.lifetime();
		return new SessionTokens(this.tokens.issue(customer, subject), "DPoP", lifetime.toSeconds(),
				refreshToken.value(), customer.sessionId());
	}

	private static Problem over() {
		return Problem.of(ProblemCode.SESSION_ENDED);
	}

}
