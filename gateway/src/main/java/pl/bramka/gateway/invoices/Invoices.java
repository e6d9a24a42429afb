package pl.bramka.gateway.invoices;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.claims.Claims;
import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.contracts.Contracts;
import pl.bramka.gateway.contracts.Portfolio;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.customer.SessionEnd;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.gateway.freshness.FreshnessCache;
import pl.bramka.gateway.freshness.FreshnessCaches;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.Deadline;
import pl.bramka.gateway.upstream.FileStream;

/**
 * The door to a customer's documents: of all payer numbers that the app may show, kept
 * per payer number.
 */
@Component
public final class Invoices {

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private final Contracts contracts;

	private final Claims claims;

	private final BillingInvoices billing;

	private final InvoiceProperties settings;

	private final FreshnessCache<Payer, Documents> cache;

	private final Drops drops;

	private final JsonMapper json;

	private final Clock clock;

	Invoices(Contracts contracts, Claims claims, BillingInvoices billing, InvoiceProperties settings,
			FreshnessCaches caches, Drops drops, JsonMapper json, Clock clock) {
		if (claims.kept().compareTo(settings.cache().stale()) <= 0) {
			throw new IllegalArgumentException(
					"bramka.claims.kept must be longer than bramka.invoices.cache.stale: a document that was paid"
							+ " would be offered again");
		}
		this.contracts = contracts;
		this.claims = claims;
		this.billing = billing;
		this.settings = settings;
		this.cache = caches.cache("invoices", settings.cache(), (payer, documents) -> documents.weight(),
				(context) -> context.delete(Deadline.class));
		this.drops = drops;
		drops.add("invoices", this::drop);
		this.json = json;
		this.clock = clock.withZone(WARSAW);
	}

	/**
	 * What is open over all payer numbers.
	 * @param customer whose
	 * @param reload whether to ask billing even if documents in memory are fresh
	 * @return as old as the oldest part; empty if the app shows no payer number's
	 * documents; a problem if a part cannot be had
	 */
	public Mono<Aged<OpenInvoices>> open(Customer customer, boolean reload) {
		return this.contracts.of(customer).flatMap((portfolio) -> {
			List<ContractAccount> accounts = portfolio.value().accounts();
			return accounts.isEmpty() ? Mono.empty()
					: parts(customer, accounts, reload).zipWith(this.claims.of(customer.id()),
							(parts, claimed) -> joined(parts)
								.map((documents) -> OpenInvoices.of(accounts, documents, claimed, today())));
		});
	}

	/**
	 * One document, if it is this customer's and the app may show it.
	 * @param customer whose
	 * @param id its number
	 * @return the document, as old as what the list shows of it
	 */
	Mono<Aged<InvoiceDetail>> detail(Customer customer, String id) {
		return one(customer, id).zipWith(this.claims.of(customer.id()), (found, claimed) -> found
			.map((billed) -> InvoiceDetail.from(billed.document(), billed.account(), claimed, today())));
	}

	/**
	 * The file of a document, if that is this customer's and the app may show it. Billing
	 * is asked for the files of no other.
	 * @param customer whose
	 * @param id the document's number
	 * @param to takes the file while it comes
	 * @return completes when it is taken; {@code invoice-not-found} also if there is no
	 * file
	 */
	Mono<Void> pdf(Customer customer, String id, Function<FileStream, Mono<Void>> to) {
		return one(customer, id)
			.flatMap(
					(found) -> this.billing.pdf(found.value().document().id(), (file) -> to.apply(file).thenReturn(id)))
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.INVOICE_NOT_FOUND)))
			.then();
	}

	private Mono<Aged<Billed>> one(Customer customer, String id) {
		return this.contracts.of(customer).flatMap((portfolio) -> {
			List<ContractAccount> accounts = portfolio.value().accounts();
			return accounts.isEmpty() ? Mono.empty() : parts(customer, accounts, false).flatMap((parts) -> {
				for (int i = 0; i < parts.size(); i++) {
					@Nullable Document document = parts.get(i).value().find(id);
					if (document != null) {
						Billed billed = new Billed(document, accounts.get(i));
						return Mono.just(parts.get(i).map((all) -> billed));
					}
				}
				return Mono.empty();
			});
		}).switchIfEmpty(Mono.error(() -> Problem.of(ProblemCode.INVOICE_NOT_FOUND)));
	}

	/**
	 * Documents as billing and payments see them this moment, for somebody who means to
	 * pay them. Whether they may be is left to the caller.
	 * @param customer whose
	 * @param ids which, in the order wanted
	 * @return the documents; {@code invoice-not-found} if any is not this customer's,
	 * {@code billing-unavailable} or {@code store-unavailable} if nobody can say
	 */
	public Mono<List<InvoiceSummary>> payable(Customer customer, List<String> ids) {
		return this.contracts.of(customer).flatMap((portfolio) -> {
			List<ContractAccount> accounts = portfolio.value().accounts();
			if (accounts.isEmpty()) {
				return Mono.error(Problem.of(ProblemCode.INVOICE_NOT_FOUND));
			}
			Mono<ClaimedDocuments> anew = Mono.defer(() -> {
				this.claims.drop(customer.id());
				return this.claims.of(customer.id());
			});
			return parts(customer, accounts, true).zipWith(anew, (parts, claimed) -> {
				if (!claimed.known()) {
					throw Problem.of(ProblemCode.STORE_UNAVAILABLE);
				}
				Map<String, InvoiceSummary> found = new HashMap<>();
				for (int i = 0; i < parts.size(); i++) {
					if (parts.get(i).state() == State.STALE) {
						throw Problem.of(ProblemCode.BILLING_UNAVAILABLE);
					}
					for (Document document : parts.get(i).value().all()) {
						if (ids.contains(document.id())) {
							found.put(document.id(), InvoiceSummary.from(document, accounts.get(i), claimed, today()));
						}
					}
				}
				if (!found.keySet().containsAll(ids)) {
					throw Problem.of(ProblemCode.INVOICE_NOT_FOUND);
				}
				return ids.stream().map(found::get).toList();
			});
		});
	}

	/**
	 * Forgets what is in memory, and what is being loaded, on every node: after a payment
	 * or a change of delivery.
	 * @param customerId whose
	 * @return completes when the other nodes have been told, or could not be
	 */
	public Mono<Void> dropEverywhere(String customerId) {
		return this.drops.everywhere("invoices", customerId);
	}

	/**
	 * Forgets what is in this node's memory, and what is being loaded.
	 * @param customerId whose
	 */
	public void drop(String customerId) {
		Portfolio known = this.contracts.peek(customerId);
		if (known != null) {
			known.accounts().forEach((account) -> this.cache.drop(new Payer(customerId, account.id())));
		}
		else {
			this.cache.dropAll((payer) -> payer.customerId().equals(customerId));
		}
	}

	@EventListener
	void ended(SessionEnd end) {
		drop(end.customerId());
	}

	Mono<Rendition<InvoicePage>> page(Customer customer, InvoiceQuery query, boolean reload) {
		return this.contracts.of(customer).flatMap((portfolio) -> {
			@Nullable Contract contract = contract(portfolio.value(), query);
			List<ContractAccount> accounts = query.among(portfolio.value().accounts(), contract);
			if (accounts.isEmpty()) {
				boolean shown = (contract != null) ? contract.invoicesAvailable()
						: !portfolio.value().accounts().isEmpty();
				State state = shown ? portfolio.state() : State.NOT_ENTITLED;
				return Mono.just(Rendition.of(this.json, InvoicePage.without(state, portfolio.asOf())));
			}
			return parts(customer, accounts, reload).zipWith(this.claims.of(customer.id()),
					(parts, claimed) -> page(accounts, parts, claimed, query));
		});
	}

	private static @Nullable Contract contract(Portfolio portfolio, InvoiceQuery query) {
		return (query.contractId() != null) ? portfolio.find(query.contractId()) : null;
	}

	/** The first page is written once for as long as its parts stay the same. */
	private Rendition<InvoicePage> page(List<ContractAccount> accounts, List<Aged<Documents>> parts,
			ClaimedDocuments claimed, InvoiceQuery query) {
		LocalDate today = today();
		if (!query.isFirstPage()) {
			return Rendition.of(this.json, InvoicePage.of(accounts, joined(parts), query, claimed, today));
		}
		Documents keeper = parts.getFirst().value();
		Documents.@Nullable FirstPage kept = keeper.firstPage();
		if (kept == null || !kept.isMadeOf(accounts, parts, claimed, today)) {
			kept = new Documents.FirstPage(accounts, parts, claimed, today,
					Rendition.of(this.json, InvoicePage.of(accounts, joined(parts), query, claimed, today)));
			keeper.keep(kept);
		}
		return kept.rendition();
	}

	/**
	 * All payer numbers at once; one that fails fails the list, but not before the others
	 * have been answered: the one call that a half-open breaker lets through may be among
	 * them, and cancelled it would say nothing.
	 */
	private Mono<List<Aged<Documents>>> parts(Customer customer, List<ContractAccount> accounts, boolean reload) {
		if (accounts.size() == 1) {
			return documents(customer, accounts.getFirst(), reload).map(List::of);
		}
		return Flux.fromIterable(accounts)
			.flatMapSequentialDelayError((account) -> documents(customer, account, reload), accounts.size(), 1)
			.collectList()
			.onErrorMap(Exceptions::isMultiple, (all) -> Exceptions.unwrapMultiple(all).getFirst());
	}

	private Mono<Aged<Documents>> documents(Customer customer, ContractAccount account, boolean reload) {
		Payer payer = new Payer(customer.id(), account.id());
		Mono<Documents> load = Mono
			.defer(() -> this.billing.since(customer, account.id(), today().minus(this.settings.history())))
			.flatMap((documents) -> this.claims.booked(customer.id(), documents.settled()).thenReturn(documents));
		return reload ? this.cache.reload(payer, load) : this.cache.get(payer, load);
	}

	private static Aged<List<Documents>> joined(List<Aged<Documents>> parts) {
		boolean stale = parts.stream().anyMatch((part) -> part.state() == State.STALE);
		Instant oldest = parts.stream().map(Aged::asOf).min(Comparator.naturalOrder()).orElseThrow();
		return new Aged<>(parts.stream().map(Aged::value).toList(), oldest, stale ? State.STALE : State.FRESH);
	}

	private LocalDate today() {
		return LocalDate.now(this.clock);
	}

	/** A document and its payer number. */
	private record Billed(Document document, ContractAccount account) {
	}

	/**
	 * What documents are kept by. Holds the customer, so that a payer number that changes
	 * hands shows nobody the other's documents; no token, so that a new one finds them.
	 */
	record Payer(String customerId, String contractAccountId) {
	}

}
