package pl.bramka.gateway.archive;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.contracts.Contracts;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.customer.SessionEnd;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.freshness.FreshnessCache;
import pl.bramka.gateway.freshness.FreshnessCaches;
import pl.bramka.gateway.paging.Cursor;
import pl.bramka.gateway.payments.Payments;
import pl.bramka.gateway.upstream.Deadline;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Joins the payments of all channels.
 */
@Component
final class Archive {

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private final Contracts contracts;

	private final Payments payments;

	private final BillingPayments billing;

	private final ArchiveProperties settings;

	private final FreshnessCache<String, List<BookedPayment>> cache;

	private final Clock clock;

	Archive(Contracts contracts, Payments payments, BillingPayments billing, ArchiveProperties settings,
			FreshnessCaches caches, Drops drops, Clock clock) {
		this.contracts = contracts;
		this.payments = payments;
		this.billing = billing;
		this.settings = settings;
		this.cache = caches.cache("archive", settings.cache(), (customer, booked) -> 1 + booked.size(),
				(context) -> context.delete(Deadline.class));
		drops.add("archive", this.cache::drop);
		this.clock = clock;
	}

	/** A page; asks billing even if what is in memory is fresh, if so wanted. */
	Mono<ArchivePage> page(Customer customer, @Nullable Cursor after, int limit, boolean reload) {
		LocalDate since = LocalDate.ofInstant(this.clock.instant(), WARSAW).minus(this.settings.history());
		Mono<List<BookedPayment>> load = this.billing.since(customer, since);
		Mono<Aged<List<BookedPayment>>> booked = reload ? this.cache.reload(customer.id(), load)
				: this.cache.get(customer.id(), load);
		return this.contracts.of(customer)
			.map((portfolio) -> portfolio.value()
				.accounts()
				.stream()
				.map(ContractAccount::id)
				.collect(Collectors.toSet()))
			.flatMap((accounts) -> Mono.zip(booked,
					this.payments.past(customer.id(), since.atStartOfDay(WARSAW).toInstant()),
					(others, own) -> ArchivePage.of(own, others, Set.copyOf(accounts), after, limit)));
	}

	@EventListener
	void ended(SessionEnd end) {
		this.cache.drop(end.customerId());
	}

}
