package pl.bramka.gateway.device;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.device.NoConsent.Why;
import pl.bramka.gateway.identity.IdentityGrants;
import pl.bramka.gateway.identity.PortalUser;
import pl.bramka.gateway.keys.Seal;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * The identity provider's consent to a sign-in without a password: its refresh token,
 * kept sealed with the device. An account that was locked or whose password was changed
 * has lost it. The provider takes such a token once and gives the next one, so sign-ins
 * that come together, at whatever nodes, ask one after the other, and whoever came before
 * the provider was asked shares the answer.
 */
@Component
public final class Consent {

	private static final Logger log = LoggerFactory.getLogger(Consent.class);

	private static final Duration AGAIN = Duration.ofMillis(25);

	private final Database database;

	private final IdentityGrants grants;

	private final Withdrawals withdrawals;

	private final Seal seal;

	private final DeviceProperties settings;

	private final MeterRegistry meters;

	private final Clock clock;

	Consent(Database database, IdentityGrants grants, Withdrawals withdrawals, Seal seal, DeviceProperties settings,
			MeterRegistry meters, Clock clock) {
		this.database = database;
		this.grants = grants;
		this.withdrawals = withdrawals;
		this.seal = seal;
		this.settings = settings;
		this.meters = meters;
		this.clock = clock;
		meters.counter(Names.CONSENT_UNREADABLE);
	}

	/**
	 * The password was shown: the provider's new token stands behind the device from now
	 * on. The device is known from now on, if it was not.
	 * @param user who signed in
	 * @param thumbprint of the device's key
	 * @return the device
	 */
	public Mono<Device> given(PortalUser user, String thumbprint) {
		// Random numbers are read from the system, so not on an event loop.
		return Mono.defer(() -> keepFirst(user, thumbprint)).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<Device> keepFirst(PortalUser user, String thumbprint) {
		Instant now = this.clock.instant();
		String sealed = this.seal.close(user.refreshToken());
		Mono<Given> work = insert(user, thumbprint, now).then(current(user, thumbprint))
			.flatMap((before) -> this.database.sql("""
					update device set subject = :subject, password_at = :password, provider_token = :token,
						provider_busy_until = null, provider_confirmed_at = :now
					where id = :id
					""")
				.bind("subject", user.subject())
				.bind("password", Columns.at(Objects.requireNonNullElse(user.passwordAt(), now)))
				.bind("now", Columns.at(now))
				.bind("token", sealed)
				.bind("id", before.device().id())
				.then()
				.thenReturn(before));
		return this.database.whole(work)
			.flatMap((before) -> (before.token() != null)
					? this.withdrawals.end(before.token()).thenReturn(before.device()) : Mono.just(before.device()));
	}

	private Mono<Void> insert(PortalUser user, String thumbprint, Instant now) {
		return this.database.sql("""
				insert into device (id, customer_id, thumbprint, created_at)
				values (:id, :customer, :thumbprint, :now) on conflict do nothing
				""")
			.bind("id", UUID.randomUUID().toString())
			.bind("customer", user.customerId())
			.bind("thumbprint", thumbprint)
			.bind("now", Columns.at(now))
			.then();
	}

	private Mono<Given> current(PortalUser user, String thumbprint) {
		return this.database.sql("""
				select id, provider_token from device where customer_id = :customer and thumbprint = :thumbprint
				for update
				""")
			.bind("customer", user.customerId())
			.bind("thumbprint", thumbprint)
			.map((row) -> new Given(new Device(Columns.text(row, "id"), user.customerId(), thumbprint),
					row.get("provider_token", String.class)))
			.one();
	}

	/**
	 * Asks the provider.
	 * @param device whose owner has just shown a PIN or a fingerprint
	 * @return the portal user; {@code password-required} if the provider says no or the
	 * password was shown too long ago, {@code identity-unavailable} if it says nothing
	 */
	public Mono<PortalUser> of(Device device) {
		return of(device, Duration.ZERO);
	}

	/**
	 * Asks the provider, if it was not asked lately.
	 * @param device the device
	 * @param lately how long ago a yes is still good
	 * @return as of {@link #of(Device)}
	 */
	public Mono<PortalUser> of(Device device, Duration lately) {
		return Mono.defer(() -> {
			Instant came = this.clock.instant();
			return look(device).flatMap((held) -> answer(device, held, came, came.minus(lately)));
		});
	}

	private Mono<PortalUser> answer(Device device, Held held, Instant came, Instant since) {
		Instant now = this.clock.instant();
		if (now.isAfter(held.passwordAt().plus(this.settings.passwordAgain()))) {
			return Mono.error(NoConsent.problem(Why.OLD, null));
		}
		if (!held.confirmedAt().isBefore(since) && !held.confirmedAt().isAfter(now)) {
			return Mono.just(new PortalUser(held.subject(), device.customerId(), "", held.passwordAt()));
		}
		if (now.isAfter(came.plus(this.settings.consentWait()))) {
			return Mono.error(Problem.of(ProblemCode.IDENTITY_UNAVAILABLE));
		}
		return toItsEnd(take(device, held, now).filter((taken) -> taken).flatMap((taken) -> ask(device, held, now)))
			.switchIfEmpty(Mono.defer(
					() -> Mono.delay(AGAIN).then(look(device)).flatMap((again) -> answer(device, again, came, since))));
	}

	/**
	 * Goes on though the caller has left: phones lose connections, and a token that was
	 * used up while its successor was thrown away would cost the owner the password. The
	 * upstream's own limits end it.
	 */
	private static <T> Mono<T> toItsEnd(Mono<T> work) {
		return Mono.deferContextual(
				(context) -> Mono.fromFuture(work.contextWrite((none) -> none.putAll(context)).toFuture(), true));
	}

	private Mono<PortalUser> ask(Device device, Held held, Instant now) {
		return Mono.fromSupplier(() -> this.seal.open(held.token()))
			.onErrorMap(IllegalArgumentException.class, (unreadable) -> unreadable())
			.flatMap((token) -> this.grants.byRefresh(token)
				.onErrorMap(Consent::isNo, (no) -> NoConsent.problem(Why.WITHDRAWN, held.subject())))
			.publishOn(Schedulers.boundedElastic())
			.flatMap((user) -> user.customerId().equals(device.customerId())
					? keep(device, held, user, now).thenReturn(user)
					: Mono.error(NoConsent.problem(Why.WITHDRAWN, held.subject())))
			.onErrorResume(Problem.class,
					(problem) -> settle(device, held, NoConsent.withdrawnBy(problem) != null)
						.onErrorComplete(Problem.class)
						.then(Mono.error(problem)));
	}

	/** Without a token the owner has to show the password first. */
	private Mono<Held> look(Device device) {
		return this.database
			.step(this.database.sql("""
					select subject, provider_token, password_at, provider_confirmed_at from device
					where id = :id and provider_token is not null
					""")
				.bind("id", device.id())
				.map((row) -> new Held(Columns.text(row, "subject"), Columns.text(row, "provider_token"),
						Columns.time(row, "password_at"), Columns.time(row, "provider_confirmed_at")))
				.one())
			.switchIfEmpty(Mono.error(() -> NoConsent.problem(Why.ABSENT, null)));
	}

	private Mono<Boolean> take(Device device, Held held, Instant now) {
		return this.database.step(this.database.sql("""
				update device set provider_busy_until = :until
				where id = :id and provider_token = :token
					and (provider_busy_until is null or provider_busy_until < :now)
				""")
			.bind("until", Columns.at(now.plus(this.settings.consentLease())))
			.bind("id", device.id())
			.bind("token", held.token())
			.bind("now", Columns.at(now))
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows > 0));
	}

	/** Whoever came before the provider was asked need not ask again. */
	private Mono<Void> keep(Device device, Held held, PortalUser user, Instant asked) {
		return this.database.step(this.database.sql("""
				update device set provider_token = :token, provider_busy_until = null, provider_confirmed_at = :asked
				where id = :id and provider_token = :used
				""")
			.bind("token", this.seal.close(user.refreshToken()))
			.bind("asked", Columns.at(asked))
			.bind("id", device.id())
			.bind("used", held.token())
			.then());
	}

	private Mono<Void> settle(Device device, Held held, boolean lost) {
		return this.database.step(this.database
			.sql("update device set provider_busy_until = null" + (lost ? ", provider_token = null" : "")
					+ " where id = :id and provider_token = :token")
			.bind("id", device.id())
			.bind("token", held.token())
			.then());
	}

	/**
	 * Forgets the provider's token of a device on which nothing but the password opens a
	 * session, unless a session is still open there.
	 * @param customerId whose device it is
	 * @param thumbprint of its key
	 * @return once the provider was told, if it could be
	 */
	public Mono<Void> release(String customerId, String thumbprint) {
		return this.withdrawals.forget(Withdrawals.UNUSED, customerId, thumbprint).flatMap(this.withdrawals::end);
	}

	/**
	 * As {@link #release}, for whoever must not be kept waiting.
	 * @param customerId whose device it is
	 * @param thumbprint of its key
	 * @return once the token is forgotten; the provider is told meanwhile, if it can be
	 */
	public Mono<Void> drop(String customerId, String thumbprint) {
		return this.withdrawals.forget(Withdrawals.UNUSED, customerId, thumbprint)
			.doOnNext(this.withdrawals::handOver)
			.then();
	}

	/**
	 * Forgets the provider's token of a device, whatever still stands on it.
	 * @param device the device
	 * @return once the provider was told, if it could be
	 */
	public Mono<Void> withdraw(Device device) {
		return this.withdrawals.forget(Withdrawals.ANY, device.customerId(), device.thumbprint())
			.flatMap(this.withdrawals::end);
	}

	/**
	 * The key may only be missing at this node, or by mistake: the token stays where it
	 * is.
	 */
	private Problem unreadable() {
		this.meters.counter(Names.CONSENT_UNREADABLE).increment();
		log.warn("no key opens the provider's token of a device: its owner has to show the password");
		return NoConsent.problem(Why.UNREADABLE, null);
	}

	private static boolean isNo(Throwable failure) {
		return failure instanceof Problem problem && problem.code() == ProblemCode.PASSWORD_REQUIRED;
	}

}
