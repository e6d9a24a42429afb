package pl.bramka.gateway.terms;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.database.Database;

import org.springframework.stereotype.Component;

/**
 * Who accepted which edition of the terms, on whatever device.
 */
@Component
public final class Acceptances {

	/** Customers who have just accepted, at about 150 bytes each. */
	private static final int ROOM = 20_000;

	/** Longer than a token says that something is due. */
	private static final Duration KEPT = Duration.ofMinutes(10);

	private final Cache<Settled, Boolean> settled = Caffeine.newBuilder()
		.maximumSize(ROOM)
		.expireAfterWrite(KEPT)
		.build();

	private final Database database;

	private final Terms terms;

	private final Clock clock;

	Acceptances(Database database, Terms terms, Clock clock) {
		this.database = database;
		this.terms = terms;
		this.clock = clock;
	}

	/**
	 * A yes, which nothing takes back. A no is never kept: the next call may bring it.
	 */
	private record Settled(String customerId, String version) {
	}

	/**
	 * What a customer who comes in has to accept.
	 * @param customerId whose {@code AccountID}
	 * @return the version in force; empty if the customer has accepted it, or a later one
	 */
	public Mono<String> due(String customerId) {
		return Mono.defer(() -> {
			String current = this.terms.current().version();
			return isSettled(customerId, current).flatMap((accepted) -> accepted ? Mono.empty() : Mono.just(current));
		});
	}

	/**
	 * Whether a customer has meanwhile accepted what was due. Asks the database until the
	 * answer is yes.
	 * @param customerId whose {@code AccountID}
	 * @param due the version that was due
	 * @return whether it or a later edition is accepted
	 */
	public Mono<Boolean> isSettled(String customerId, String due) {
		Settled key = new Settled(customerId, due);
		return Mono.defer(() -> (this.settled.getIfPresent(key) != null) ? Mono.just(true)
				: look(customerId, this.terms.settling(due)).doOnNext((accepted) -> {
					if (accepted) {
						this.settled.put(key, true);
					}
				}));
	}

	private Mono<Boolean> look(String customerId, Set<String> versions) {
		return this.database.step(this.database
			.sql("select 1 from terms_acceptance where customer_id = :customer and version in (:versions)"
					+ " fetch first 1 rows only")
			.bind("customer", customerId)
			.bind("versions", versions)
			.map((row) -> true)
			.one()).defaultIfEmpty(false);
	}

	/**
	 * Stores an acceptance, once.
	 * @return whether it is news
	 */
	Mono<Boolean> add(String customerId, String version, String device) {
		return this.database
			.step(this.database.sql("""
					insert into terms_acceptance (customer_id, version, thumbprint, accepted_at)
					values (:customer, :version, :thumbprint, :now) on conflict do nothing
					""")
				.bind("customer", customerId)
				.bind("version", version)
				.bind("thumbprint", device)
				.bind("now", Columns.at(this.clock.instant()))
				.fetch()
				.rowsUpdated()
				.map((rows) -> rows > 0))
			.doOnNext((news) -> this.settled.put(new Settled(customerId, version), true));
	}

}
