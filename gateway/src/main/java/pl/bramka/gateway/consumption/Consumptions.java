package pl.bramka.gateway.consumption;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.consumption.ConsumptionChart.Stretch;
import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.Contracts;
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
 * The use of a contract over time. What billing says is kept in pieces that are cut alike
 * whatever is asked, so that a chart that moves on by a day asks for nothing twice.
 */
@Component
final class Consumptions {

	/** A smart meter that sent nothing for so many days is none for the app. */
	private static final int RECENT_DAYS = 31;

	private final Contracts contracts;

	private final BillingConsumption billing;

	private final ConsumptionProperties settings;

	private final FreshnessCache<Piece, Stretch> cache;

	private final Clock clock;

	Consumptions(Contracts contracts, BillingConsumption billing, ConsumptionProperties settings,
			FreshnessCaches caches, Drops drops, Clock clock) {
		this.contracts = contracts;
		this.billing = billing;
		this.settings = settings;
		this.cache = caches.cache("consumption", settings.cache(), (piece, stretch) -> stretch.weight(),
				(context) -> context.delete(Deadline.class));
		drops.add("consumption", this::drop);
		this.clock = clock;
	}

	/**
	 * A chart.
	 * @param customer whose
	 * @param contractId number of the contract
	 * @param query what is asked for
	 * @param reload whether to ask billing even if what is in memory is fresh
	 * @return the chart; {@code contract-not-found} if it is not this customer's contract
	 * or the app may not show it; {@code granularity-unavailable} if that contract has no
	 * such values at all
	 */
	Mono<ConsumptionChart> chart(Customer customer, String contractId, ConsumptionQuery query, boolean reload) {
		return this.contracts.of(customer).flatMap((portfolio) -> {
			Contract contract = portfolio.value().find(contractId);
			if (!query.granularity().isKnownOf(contract.medium())) {
				return Mono.error(unavailable());
			}
			LocalDate today = LocalDate.ofInstant(this.clock.instant(), Days.WARSAW);
			Days days = query.among(contract, today);
			return pieces(customer, contract, query.granularity(), days, reload)
				.map((pieces) -> pieces.isEmpty()
						? new Aged<List<Stretch>>(List.of(), portfolio.asOf(), portfolio.state()) : joined(pieces))
				.map((pieces) -> ConsumptionChart.of(query, days, today, pieces))
				.flatMap((chart) -> chart.points().isEmpty() && query.granularity() != Granularity.MONTH
						? unlessThereIsNoCurve(customer, contract, today, chart) : Mono.just(chart));
		});
	}

	/**
	 * Tells a time of which nothing is known from a meter of which nothing ever is.
	 * Billing does not say which meters are smart, so this looks whether the contract's
	 * last days have any value.
	 */
	private Mono<ConsumptionChart> unlessThereIsNoCurve(Customer customer, Contract contract, LocalDate today,
			ConsumptionChart chart) {
		Days lifetime = ConsumptionQuery.lifetime(contract, today);
		Days recent = lifetime.and(new Days(lifetime.last().minusDays(RECENT_DAYS), lifetime.last()));
		return pieces(customer, contract, Granularity.DAY, recent, false).flatMap((pieces) -> {
			boolean silent = pieces.stream().allMatch((piece) -> piece.value().points().isEmpty());
			return (silent && !recent.isEmpty()) ? Mono.error(unavailable()) : Mono.just(chart);
		});
	}

	private static Problem unavailable() {
		return Problem.of(ProblemCode.GRANULARITY_UNAVAILABLE).with("available", List.of(Granularity.MONTH));
	}

	/**
	 * A few at once; one that fails fails the chart, but not before the others have been
	 * answered: the one call that a half-open breaker lets through may be among them, and
	 * cancelled it would say nothing.
	 */
	private Mono<List<Aged<Stretch>>> pieces(Customer customer, Contract contract, Granularity granularity, Days days,
			boolean reload) {
		return Flux.fromIterable(granularity.pieces(days, this.settings.daysAtOnce()))
			.flatMapSequentialDelayError((some) -> piece(customer, contract, granularity, some, reload),
					this.settings.callsAtOnce(), 1)
			.collectList()
			.onErrorMap(Exceptions::isMultiple, (all) -> Exceptions.unwrapMultiple(all).getFirst());
	}

	private Mono<Aged<Stretch>> piece(Customer customer, Contract contract, Granularity granularity, Days days,
			boolean reload) {
		Piece piece = new Piece(customer.id(), contract.id(), granularity, days);
		Mono<Stretch> load = (granularity == Granularity.MONTH) ? this.billing.months(contract.id(), days)
				: this.billing.curve(contract.id(), granularity, days);
		return reload ? this.cache.reload(piece, load) : this.cache.get(piece, load);
	}

	private static Aged<List<Stretch>> joined(List<Aged<Stretch>> pieces) {
		boolean stale = pieces.stream().anyMatch((piece) -> piece.state() == State.STALE);
		Instant oldest = pieces.stream().map(Aged::asOf).min(Comparator.naturalOrder()).orElseThrow();
		return new Aged<>(pieces.stream().map(Aged::value).toList(), oldest, stale ? State.STALE : State.FRESH);
	}

	/** Forgets what is in this node's memory, and what is being loaded, of a customer. */
	void drop(String customerId) {
		this.cache.dropAll((piece) -> piece.customerId().equals(customerId));
	}

	@EventListener
	void ended(SessionEnd end) {
		drop(end.customerId());
	}

	/**
	 * What values are kept by. Holds the customer, so that a contract that changes hands
	 * shows nobody the other's use.
	 */
	record Piece(String customerId, String contractId, Granularity granularity, Days days) {
	}

}
