package pl.bramka.gateway.home;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.account.Profile;
import pl.bramka.gateway.account.Profiles;
import pl.bramka.gateway.contracts.Contract;
import pl.bramka.gateway.contracts.Contracts;
import pl.bramka.gateway.contracts.Portfolio;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.Section;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.invoices.Invoices;
import pl.bramka.gateway.invoices.InvoiceSummary;
import pl.bramka.gateway.invoices.OpenInvoices;
import pl.bramka.gateway.maintenance.Features;
import pl.bramka.gateway.maintenance.Notice;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.readingrules.ReadableMeter;
import pl.bramka.gateway.readingrules.ReadingRules;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The first screen. Its parts are kept by their features; the screen itself is never
 * kept, so that a part that failed is asked for again.
 */
@RestController
final class HomeController {

	private final Profiles profiles;

	private final Contracts contracts;

	private final Invoices invoices;

	private final ReadingRules readings;

	private final Features features;

	private final BalanceSentences sentences;

	private final HomeProperties settings;

	private final Clock clock;

	private final MeterRegistry meters;

	private final JsonMapper json;

	HomeController(Profiles profiles, Contracts contracts, Invoices invoices, ReadingRules readings, Features features,
			BalanceSentences sentences, HomeProperties settings, Clock clock, MeterRegistry meters, JsonMapper json) {
		this.profiles = profiles;
		this.contracts = contracts;
		this.invoices = invoices;
		this.readings = readings;
		this.features = features;
		this.sentences = sentences;
		this.settings = settings;
		this.clock = clock;
		this.meters = meters;
		this.json = json;
	}

	/**
	 * The first screen in one call. Each section stands for itself, so that the screen is
	 * there whatever is down.
	 * @param customer who asks
	 * @param cacheControl {@code no-cache} is pull-to-refresh
	 * @param acceptLanguage the language of messages
	 * @return the sections that could be had
	 */
	@GetMapping("/v1/home")
	Mono<ResponseEntity<Rendition<Home>>> home(@AuthenticationPrincipal Customer customer,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, required = false) @Nullable String cacheControl,
			@RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false) @Nullable String acceptLanguage) {
		Language language = Language.of(acceptLanguage);
		boolean reload = Rendition.isWantedAnew(cacheControl);
		Mono<Section<Profile>> profile = Section.of("customer", this.profiles.of(customer), this.meters);
		Mono<Section<List<Contract>>> held = Section.of("contracts",
				this.contracts.of(customer).map((portfolio) -> portfolio.map(Portfolio::contracts)), this.meters);
		Mono<Section<OpenInvoices>> open = Section.of("invoices", this.invoices.open(customer, reload), this.meters);
		Mono<Section<List<ReadableMeter>>> readable = Section.of("readings", this.readings.readable(customer),
				this.meters);
		Mono<Section<List<Notice>>> notices = Section.of("notices", Mono.fromSupplier(() -> notices(language)),
				this.meters);
		return Mono.zip(profile, held, open, readable, notices)
			.map((parts) -> new Home(parts.getT1(), parts.getT2(), balance(parts.getT3(), language),
					parts.getT3().map(this::next), parts.getT4(), parts.getT5()))
			.map((home) -> Rendition.of(this.json, home).ok());
	}

	private Section<Balance> balance(Section<OpenInvoices> open, Language language) {
		return open.map((all) -> Balance.of(all, this.sentences.of(all, language)));
	}

	/** Known here, and therefore as old as the question. */
	private Aged<List<Notice>> notices(Language language) {
		return new Aged<>(this.features.notices(language, this.settings.noticesAhead()),
				this.clock.instant().truncatedTo(ChronoUnit.MILLIS), State.FRESH);
	}

	private List<InvoiceSummary> next(OpenInvoices open) {
		List<InvoiceSummary> due = open.due();
		return due.subList(0, Math.min(this.settings.invoices(), due.size()));
	}

}
