package pl.bramka.gateway.readings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.meters.Meter;
import pl.bramka.gateway.meters.Meters;
import pl.bramka.gateway.meters.PastReading;
import pl.bramka.gateway.paging.Cursor;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.readingrules.ReadingRules;

import org.springframework.stereotype.Component;

/**
 * What was read on a meter: what billing knows, with what the customer gave here and
 * billing does not know yet, or would not take.
 */
@Component
final class ReadingHistory {

	private final Meters meters;

	private final ReadingStore store;

	private final Database database;

	private final Deliveries deliveries;

	private final ReadingProperties settings;

	ReadingHistory(Meters meters, ReadingStore store, Database database, Deliveries deliveries,
			ReadingProperties settings) {
		this.meters = meters;
		this.store = store;
		this.database = database;
		this.deliveries = deliveries;
		this.settings = settings;
	}

	/**
	 * A page of readings, newest first.
	 *
	 * @param state fresh or stale: of what billing knows
	 * @param asOf when billing said so
	 * @param items the readings
	 * @param nextCursor where the next page begins; absent on the last one
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record ReadingPage(State state, Instant asOf, List<Reading> items, @Nullable String nextCursor) {
	}

	/** A reading and its place in the list. */
	private record Placed(Cursor at, Reading reading) {

		static final Comparator<Placed> NEWEST_FIRST = Comparator.comparing((Placed placed) -> placed.at().on())
			.thenComparing((placed) -> placed.at().id())
			.reversed();

		boolean isAfter(Cursor cursor) {
			int days = this.at.on().compareTo(cursor.on());
			return days < 0 || (days == 0 && this.at.id().compareTo(cursor.id()) < 0);
		}

	}

	/** A page; while our database is down, of what billing knows. */
	Mono<ReadingPage> page(Customer customer, String meterId, @Nullable Cursor after, int limit, boolean reload,
			Language language) {
		LocalDate since = ReadingRules.day(this.deliveries.now().minus(this.settings.kept()));
		Mono<List<StoredReading>> given = this.database.step(this.store.of(customer.id(), meterId, since))
			.onErrorReturn(Problem.class, List.of());
		return this.meters.find(customer, meterId, reload)
			.zipWhen((meter) -> given, (meter, own) -> page(meter, own, after, limit, language));
	}

	private static ReadingPage page(Aged<Meter> meter, List<StoredReading> own, @Nullable Cursor after, int limit,
			Language language) {
		List<Placed> rest = joined(meter.value(), own, language).stream()
			.filter((placed) -> after == null || placed.isAfter(after))
			.limit(limit + 1L)
			.toList();
		List<Placed> page = rest.subList(0, Math.min(limit, rest.size()));
		return new ReadingPage(meter.state(), meter.asOf(), page.stream().map(Placed::reading).toList(),
				(rest.size() > limit) ? page.getLast().at().toText() : null);
	}

	private static List<Placed> joined(Meter meter, List<StoredReading> own, Language language) {
		List<Placed> all = new ArrayList<>();
		Map<LocalDate, StoredReading> receipts = own.stream()
			.filter((reading) -> reading.refusal() == null)
			.collect(Collectors.toMap(StoredReading::on, (reading) -> reading, (one, other) -> one));
		for (List<PastReading> same : together(meter.results())) {
			PastReading first = same.getFirst();
			@Nullable StoredReading receipt = (first.source() == PastReading.Source.CUSTOMER) ? receipts.remove(first.on())
					: null;
			Reading known = Reading.from(meter.id(), same);
			all.add(new Placed(new Cursor(first.on(), "B" + first.id()),
					(receipt != null) ? known.with(receipt) : known));
		}
		receipts.values().forEach((reading) -> all.add(placed(reading, language)));
		own.stream()
			.filter((reading) -> reading.refusal() != null)
			.forEach((reading) -> all.add(placed(reading, language)));
		return all.stream().sorted(Placed.NEWEST_FIRST).toList();
	}

	private static Placed placed(StoredReading reading, Language language) {
		return new Placed(new Cursor(reading.on(), reading.key()), Reading.from(reading, language));
	}

	/** The registers that were read together, by number. */
	private static List<List<PastReading>> together(List<PastReading> results) {
		Map<Occasion, List<PastReading>> occasions = new LinkedHashMap<>();
		results.stream()
			.sorted(Comparator.comparing(PastReading::registerId).thenComparing(PastReading::id))
			.forEach((result) -> occasions.computeIfAbsent(Occasion.of(result), (none) -> new ArrayList<>())
				.add(result));
		return List.copyOf(occasions.values());
	}

	/** What registers that were read together have in common. */
	private record Occasion(LocalDate on, PastReading.Source source, boolean periodic) {

		static Occasion of(PastReading result) {
			return new Occasion(result.on(), result.source(), result.periodic());
		}

	}

}
