package pl.bramka.gateway.meters;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.Contracts;
import pl.bramka.gateway.contracts.Portfolio;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.customer.SessionEnd;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.freshness.FreshnessCache;
import pl.bramka.gateway.freshness.FreshnessCaches;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Deadline;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The door to a customer's meters: those of all contracts that the app may show, kept per
 * contract.
 */
@Component
public final class Meters {

	private static final String CACHE = "meters";

	/** How many contracts of one customer are asked about at once. */
	private static final int TOGETHER = 8;

	private final Contracts contracts;

	private final BillingMeters billing;

	private final FreshnessCache<Key, List<Meter>> cache;

	private final Drops drops;

	Meters(Contracts contracts, BillingMeters billing, MeterProperties settings, FreshnessCaches caches, Drops drops) {
		this.contracts = contracts;
		this.billing = billing;
		this.cache = caches.cache(CACHE, settings.cache(),
				(key, meters) -> 1 + meters.stream().mapToInt(Meter::weight).sum(),
				(context) -> context.delete(Deadline.class));
		this.drops = drops;
		drops.add(CACHE, this::drop);
	}

	/**
	 * All meters.
	 * @param customer whose
	 * @param reload whether to ask billing even if what is in memory is fresh
	 * @return the meters by contract and number, as old as the oldest part; a problem if
	 * those of one contract cannot be had
	 */
	public Mono<Aged<List<Meter>>> of(Customer customer, boolean reload) {
		return this.contracts.of(customer).flatMap((portfolio) -> {
			List<Contract> held = portfolio.value().contracts();
			return held.isEmpty() ? Mono.just(portfolio.map((none) -> List.<Meter>of())) : Flux.fromIterable(held)
				// All to their end: of several calls a half-open breaker lets one
				// through.
				.flatMapSequentialDelayError((contract) -> of(customer, contract, reload), TOGETHER, 1)
				.collectList()
				.onErrorMap(Exceptions::isMultiple, (all) -> Exceptions.unwrapMultiple(all).getFirst())
				.map(Meters::joined);
		});
	}

	/**
	 * One meter, if it is this customer's and the app may show it.
	 * @param customer whose
	 * @param id the meter's number
	 * @param reload whether to ask billing even if what is in memory is fresh
	 * @return the meter; {@code meter-not-found}, and nothing that would tell whether it
	 * does not exist, is somebody else's, or may not be shown;
	 * {@code billing-unavailable} only if it might be among what billing cannot say
	 */
	public Mono<Aged<Meter>> find(Customer customer, String id, boolean reload) {
		return this.contracts.of(customer)
			.flatMapIterable((portfolio) -> portfolio.value().contracts())
			// All to their end, also once it is found: the next question is about
			// another.
			.flatMapSequential((contract) -> of(customer, contract, reload).map(Part::of)
				.onErrorResume(Problem.class, (problem) -> Mono.just(new Part(null, problem))), TOGETHER, 1)
			.collectList()
			.map((parts) -> found(parts, id));
	}

	private static Aged<Meter> found(List<Part> parts, String id) {
		for (Part part : parts) {
			Aged<List<Meter>> meters = part.meters();
			if (meters != null) {
				for (Meter meter : meters.value()) {
					if (meter.id().equals(id)) {
						return meters.map((all) -> meter);
					}
				}
			}
		}
		throw parts.stream()
			.map(Part::problem)
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> Problem.of(ProblemCode.METER_NOT_FOUND));
	}

	/**
	 * Forgets what is in memory, on every node: after a reading.
	 * @param customerId whose
	 * @return completes when the other nodes have been told, or could not be
	 */
	public Mono<Void> dropEverywhere(String customerId) {
		return this.drops.everywhere(CACHE, customerId);
	}

	private Mono<Aged<List<Meter>>> of(Customer customer, Contract contract, boolean reload) {
		Key key = new Key(customer.id(), contract.id());
		Mono<List<Meter>> load = this.billing.of(contract);
		return reload ? this.cache.reload(key, load) : this.cache.get(key, load);
	}

	private static Aged<List<Meter>> joined(List<Aged<List<Meter>>> parts) {
		boolean stale = parts.stream().anyMatch((part) -> part.state() == State.STALE);
		Instant oldest = parts.stream().map(Aged::asOf).min(Comparator.naturalOrder()).orElseThrow();
		return new Aged<>(parts.stream().flatMap((part) -> part.value().stream()).toList(), oldest,
				stale ? State.STALE : State.FRESH);
	}

	private void drop(String customerId) {
		Portfolio known = this.contracts.peek(customerId);
		if (known != null) {
			known.contracts().forEach((contract) -> this.cache.drop(new Key(customerId, contract.id())));
		}
		else {
			this.cache.dropAll((key) -> key.customerId().equals(customerId));
		}
	}

	@EventListener
	void ended(SessionEnd end) {
		drop(end.customerId());
	}

	/**
	 * Holds the customer: a contract that changes hands shows nobody the other's meter.
	 */
	private record Key(String customerId, String contractId) {
	}

	/** The meters of one contract, or why they cannot be had. */
	private record Part(@Nullable Aged<List<Meter>> meters, @Nullable Problem problem) {

		static Part of(Aged<List<Meter>> meters) {
			return new Part(meters, null);
		}

	}

}
