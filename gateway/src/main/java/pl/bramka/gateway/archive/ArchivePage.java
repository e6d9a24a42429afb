package pl.bramka.gateway.archive;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.paging.Cursor;
import pl.bramka.gateway.payments.OwnPayment;

/**
 * A page of the archive.
 *
 * @param state whether billing's part is stale; our own part never is
 * @param asOf when billing said so
 * @param items the payments, newest first
 * @param nextCursor where the next page begins; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ArchivePage(State state, Instant asOf, List<PastPayment> items, @Nullable String nextCursor) {

	/**
	 * Joins what was paid here with what billing booked. Billing books a payment of ours
	 * with the operator's order, once for each payer number: those are left out.
	 * @param own what was paid here
	 * @param booked what billing booked
	 * @param accounts the payer numbers that the app may show
	 * @param after where the page begins, if not at the newest
	 * @param limit how many at most
	 */
	static ArchivePage of(List<OwnPayment> own, Aged<List<BookedPayment>> booked, Set<String> accounts,
			@Nullable Cursor after, int limit) {
		Set<String> orders = own.stream().map(OwnPayment::orderId).collect(Collectors.toSet());
		Stream<PastPayment> others = booked.value()
			.stream()
			.filter((payment) -> accounts.contains(payment.contractAccountId()))
			.filter((payment) -> payment.orderId() == null || !orders.contains(payment.orderId()))
			.map(PastPayment::of);
		List<PastPayment> page = Stream.concat(own.stream().map(OwnPayment::payment).map(PastPayment::of), others)
			.filter((payment) -> after == null || payment.isAfter(after))
			.sorted(PastPayment.NEWEST_FIRST)
			.limit(limit + 1L)
			.toList();
		boolean more = page.size() > limit;
		List<PastPayment> items = more ? page.subList(0, limit) : page;
		return new ArchivePage(booked.state(), booked.asOf(), items, more ? items.getLast().cursor().toText() : null);
	}

}
