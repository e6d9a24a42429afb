package pl.bramka.gateway.compatibility;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.maintenance.Features;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.terms.Terms;
import pl.bramka.gateway.wording.Wording;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The first call of every app, open to all and never refused. There are few different
 * answers, so each is written once and found again by its content: nothing in memory can
 * be out of date.
 */
@RestController
final class CompatibilityController {

	static final String PATH = "/v1/app/compatibility";

	/** At 2 kB each: verdicts, languages and stores, times the states of an evening. */
	private static final int ROOM = 500;

	private final Cache<Compatibility, Rendition<Compatibility>> written = Caffeine.newBuilder()
		.maximumSize(ROOM)
		.build();

	private final Verdicts verdicts;

	private final Features features;

	private final Terms terms;

	private final Live<AppSettings> settings;

	private final JsonMapper json;

	private final Wording wording = Wording.of("compatibility");

	CompatibilityController(Verdicts verdicts, Features features, Terms terms, Live<AppSettings> settings,
			JsonMapper json) {
		this.verdicts = verdicts;
		this.features = features;
		this.terms = terms;
		this.settings = settings;
		this.json = json;
	}

	/**
	 * Whether this app is served on this phone, and what works just now. The first call
	 * of an app, before anybody signs in; it is answered whatever is sent, and whatever
	 * token comes along. The headers that name the app on other calls name it here too,
	 * unless parameters take their place.
	 * @param request of the app
	 * @return what the app needs to know first
	 */
	@GetMapping(PATH)
	@Parameter(in = ParameterIn.QUERY, name = "platform", description = "In the place of `App-Platform`.",
			schema = @Schema(type = "string"), example = "android")
	@Parameter(in = ParameterIn.QUERY, name = "appVersion", description = "In the place of `App-Version`.",
			schema = @Schema(type = "string"), example = "3.4.1")
	@Parameter(in = ParameterIn.QUERY, name = "osVersion", description = "In the place of `App-OS-Version`.",
			schema = @Schema(type = "string"), example = "14")
	@Parameter(in = ParameterIn.QUERY, name = "store", description = "In the place of `App-Store`.",
			schema = @Schema(type = "string"), example = "google-play")
	ResponseEntity<Rendition<Compatibility>> compatibility(ServerHttpRequest request) {
		Language language = Language.of(request.getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE));
		Verdicts.Judgement judgement = this.verdicts.of(App.of(request));
		Compatibility answer = new Compatibility(judgement.verdict(),
				judgement.verdict().message(this.wording, language, judgement.servedUntil()), judgement.servedUntil(),
				judgement.storeLink(), this.features.now(language), judgement.biometrics(),
				this.terms.current().version(), Compatibility.Contact.from(this.settings.value().contact()));
		return this.written.get(answer, (content) -> Rendition.of(this.json, content)).ok();
	}

}
