package pl.bramka.gateway.quotes;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.Contracts;
import pl.bramka.gateway.contracts.Portfolio;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.einvoice.EInvoices;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.invoices.Invoices;
import pl.bramka.gateway.invoices.InvoiceSummary;
import pl.bramka.gateway.invoices.NotPayable;
import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * The door to quotes.
 */
@Component
public final class Quotes {

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private final Contracts contracts;

	private final Invoices invoices;

	private final EInvoices eInvoices;

	private final Live<PriceList> prices;

	private final QuoteProperties settings;

	private final QuoteIds ids;

	private final QuoteSentences sentences;

	private final Clock clock;

	Quotes(Contracts contracts, Invoices invoices, EInvoices eInvoices, Live<PriceList> prices,
			QuoteProperties settings, QuoteIds ids, QuoteSentences sentences, Clock clock) {
		this.contracts = contracts;
		this.invoices = invoices;
		this.eInvoices = eInvoices;
		this.prices = prices;
		this.settings = settings;
		this.ids = ids;
		this.sentences = sentences;
		this.clock = clock;
	}

	/**
	 * What paying documents together costs now.
	 * @param customer whose
	 * @param documents their numbers, each once
	 * @param language of the message
	 * @return the quote; {@code invoice-not-found} if any is not this customer's,
	 * {@code document-not-payable} with each that cannot be paid, a problem if a system
	 * that must say something cannot
	 */
	public Mono<Quote> quote(Customer customer, List<String> documents, Language language) {
		return basket(customer, documents).map((basket) -> made(customer, basket, language));
	}

	/**
	 * Whether a quote still holds. Everything is asked for again; nothing of what was
	 * quoted is taken over.
	 * @param customer who means to pay
	 * @param quoteId the quote
	 * @param language of the message
	 * @return the quote as it holds now, under the same id; {@code quote-outdated} with
	 * the new one in the member {@code quote} if it is over or anything is different,
	 * {@code invalid-request} if it was not given out to this customer, else as
	 * {@link #quote}
	 */
	public Mono<Quote> check(Customer customer, String quoteId, Language language) {
		return Mono.fromSupplier(() -> this.ids.open(customer, quoteId))
			.flatMap((promise) -> basket(customer, promise.documentIds()).map((basket) -> {
				if (!promise.holds(basket, this.clock.instant())) {
					throw Problem.of(ProblemCode.QUOTE_OUTDATED).with("quote", made(customer, basket, language));
				}
				return quote(quoteId, promise.validUntil(), basket, language);
			}));
	}

	/** Comes on a thread that may wait: making a quote takes random numbers. */
	private Mono<Basket> basket(Customer customer, List<String> documents) {
		return this.invoices.payable(customer, documents)
			.doOnNext(Quotes::refuse)
			.flatMap((found) -> payers(customer, found).publishOn(Schedulers.boundedElastic())
				.map((payers) -> Basket.of(found, payers, this.prices.value(), today())));
	}

	/**
	 * The payer numbers of documents, each with what speaks against a free payment.
	 * Contracts that stand in for an answer of CRM do not count: a price guarantee that
	 * is over must not be promised, and a fee that is not due must not be taken.
	 */
	private Mono<Map<String, PayerNumber>> payers(Customer customer, List<InvoiceSummary> found) {
		return this.contracts.of(customer).flatMap((portfolio) -> {
			if (portfolio.state() == State.STALE) {
				return Mono.error(Problem.of(ProblemCode.CRM_UNAVAILABLE));
			}
			List<String> numbers = found.stream().map(InvoiceSummary::contractAccountId).distinct().toList();
			return Flux.fromIterable(numbers)
				.flatMapSequentialDelayError(
						(number) -> this.eInvoices.on(customer, number)
							.map((on) -> Map.entry(number,
									PayerNumber.of(contracts(portfolio.value(), number), on, today()))),
						numbers.size(), 1)
				.collectMap(Map.Entry::getKey, Map.Entry::getValue)
				.onErrorMap(Exceptions::isMultiple, (all) -> Exceptions.unwrapMultiple(all).getFirst());
		});
	}

	private static List<Contract> contracts(Portfolio portfolio, String contractAccountId) {
		return portfolio.contracts()
			.stream()
			.filter((contract) -> contract.contractAccountId().equals(contractAccountId))
			.toList();
	}

	private static void refuse(List<InvoiceSummary> found) {
		Map<String, NotPayable> reasons = new LinkedHashMap<>();
		for (InvoiceSummary document : found) {
			if (document.notPayable() != null) {
				reasons.put(document.id(), document.notPayable());
			}
		}
		if (!reasons.isEmpty()) {
			throw notPayable(reasons);
		}
	}

	/**
	 * Documents that cannot be paid.
	 * @param reasons why, by the document's number
	 * @return {@code document-not-payable}, with each of them
	 */
	public static Problem notPayable(Map<String, NotPayable> reasons) {
		return Problem.of(ProblemCode.DOCUMENT_NOT_PAYABLE)
			.with("documents",
					reasons.entrySet()
						.stream()
						.map((document) -> new Refused(document.getKey(), document.getValue()))
						.toList());
	}

	private Quote made(Customer customer, Basket basket, Language language) {
		Instant until = this.clock.instant().plus(this.settings.valid()).truncatedTo(ChronoUnit.SECONDS);
		return quote(this.ids.of(Promise.of(customer.id(), until, basket)), until, basket, language);
	}

	private Quote quote(String id, Instant validUntil, Basket basket, Language language) {
		return new Quote(id, validUntil, basket.amount(), basket.fee(), basket.amount().plus(basket.fee()),
				basket.free(), this.sentences.of(basket, language), basket.documents());
	}

	/** Looked up each time: a clock may be moved. */
	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), WARSAW);
	}

	/**
	 * A document that cannot be paid.
	 *
	 * @param id its number
	 * @param reason why
	 */
	record Refused(String id, NotPayable reason) {
	}

}
