package pl.bramka.gateway.paylinks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.invoices.NotPayable;
import pl.bramka.gateway.keys.Seal;
import pl.bramka.gateway.payments.Payment;
import pl.bramka.gateway.payments.Payments;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.quotes.Quotes;

import org.springframework.stereotype.Component;

/**
 * Makes links and opens them. However often a link is opened, by people or by what looks
 * through mails, it leads to one payment at a time.
 */
@Component
final class PayLinks {

	private static final String PURPOSE = "pay-link";

	private static final int LONGEST = 1024;

	private final Quotes quotes;

	private final Payments payments;

	private final Seal seal;

	private final JsonMapper json;

	private final PayLinkProperties settings;

	private final Clock clock;

	PayLinks(Quotes quotes, Payments payments, Seal seal, JsonMapper json, PayLinkProperties settings, Clock clock) {
		this.quotes = quotes;
		this.payments = payments;
		this.seal = seal;
		this.json = json;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * A link as the app gets it.
	 *
	 * @param url what to open in a browser; whoever has it can pay, and sees nothing else
	 * @param expiresAt from when on it opens nothing
	 */
	record MadeLink(URI url, Instant expiresAt) {
	}

	/** A link for a document that can be paid now. */
	Mono<MadeLink> make(Customer customer, String invoiceId, Language language) {
		return this.quotes.quote(customer, List.of(invoiceId), language)
			// Random numbers are read from the system, so not on an event loop.
			.publishOn(Schedulers.boundedElastic())
			.map((quote) -> {
				Instant until = this.clock.instant().plus(this.settings.valid()).truncatedTo(ChronoUnit.SECONDS);
				PayLink link = new PayLink(UUID.randomUUID().toString(), customer.id(), invoiceId, until);
				return new MadeLink(URI.create(this.settings.address() + PayLinkController.OPENED + token(link)),
						until);
			});
	}

	/**
	 * Where somebody pays who opened a link.
	 * @return the operator's page; {@code not-found} if it is no link of ours,
	 * {@code pay-link-expired}, {@code document-not-payable}, or whatever keeps a payment
	 * from being started
	 */
	Mono<URI> open(String token, Language language) {
		return Mono.fromSupplier(() -> read(token)).flatMap((link) -> {
			if (!link.expiresAt().isAfter(this.clock.instant())) {
				return Mono.error(Problem.of(ProblemCode.PAY_LINK_EXPIRED));
			}
			return goOn(link).switchIfEmpty(Mono.defer(() -> start(link, language)));
		});
	}

	/**
	 * Letters, digits, dash and underscore: the sealed form has points, which mail
	 * programs trip over.
	 */
	private String token(PayLink link) {
		String sealed = this.seal.closeAs(PURPOSE, this.json.writeValueAsString(link));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.getBytes(StandardCharsets.US_ASCII));
	}

	private PayLink read(String token) {
		if (token.length() > LONGEST) {
			throw Problem.of(ProblemCode.NOT_FOUND);
		}
		try {
			String sealed = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
			return this.json.readValue(this.seal.openAs(PURPOSE, sealed), PayLink.class);
		}
		catch (IllegalArgumentException | JacksonException ex) {
			throw Problem.of(ProblemCode.NOT_FOUND);
		}
	}

	/** The payment that this link began; empty if it began none, or one that is over. */
	private Mono<URI> goOn(PayLink link) {
		return this.payments.latestByLink(link.customerId(), link.id()).flatMap((payment) -> {
			if (payment.state() == Payment.State.PAID) {
				return Mono.error(Quotes.notPayable(Map.of(link.invoiceId(), NotPayable.PAID)));
			}
			return payment.settled() ? Mono.empty() : page(payment);
		});
	}

	/** Who opens it at the same moment elsewhere may have been quicker. */
	private Mono<URI> start(PayLink link, Language language) {
		Customer customer = Customer.ofLink(link.customerId());
		return this.quotes.quote(customer, List.of(link.invoiceId()), language)
			.flatMap((quote) -> this.payments.startByLink(customer, quote, language, link.id()))
			.flatMap(PayLinks::page)
			.onErrorResume(PayLinks::isTaken, (taken) -> goOn(link).switchIfEmpty(Mono.error(taken)));
	}

	private static boolean isTaken(Throwable failure) {
		return failure instanceof Problem problem && problem.code() == ProblemCode.DOCUMENT_NOT_PAYABLE;
	}

	/** Its start is under way, or the operator has not said whether it has it. */
	private static Mono<URI> page(Payment payment) {
		return (payment.redirectUrl() != null) ? Mono.just(payment.redirectUrl())
				: Mono.error(Problem.of(ProblemCode.OPERATOR_UNAVAILABLE).retryAfter(Duration.ofSeconds(5)));
	}

}
