package pl.bramka.gateway.terms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Logged;
import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.phone.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Customers who have yet to accept the terms, in a gateway whose clock the test moves and
 * whose editions it writes while sessions are open.
 */
class AcceptancesTest {

	/** All that a session may do before. Everything else waits. */
	private static final Set<String> BEFORE_ACCEPTANCE = Set.of("post /v1/terms/acceptances",
			"delete /v1/sessions/current", "delete /v1/accounts/current");

	private static final String FIRST = "2026-01";

	/** Noon in Warsaw, so that a test does not meet midnight by accident. */
	private final Time time = new Time(
			Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(11)).toString());

	private final LocalDate today = LocalDate.ofInstant(this.time.instant(), ZoneId.of("Europe/Warsaw"));

	private TestGateway gateway;

	@BeforeEach
	void start() {
		this.gateway = TestGateway.startAt(this.time);
	}

	@AfterEach
	void stop() {
		this.gateway.close();
	}

	private PhoneInTime signedIn(String persona, String next) {
		PhoneInTime phone = new PhoneInTime(this.gateway, this.time);
		signIn(phone, persona, next);
		return phone;
	}

	private static void signIn(PhoneInTime phone, String persona, String next) {
		HttpResponse<String> answer = phone.signIn(persona);
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(Json.of(answer).path("next").asString("")).isEqualTo(next);
	}

	private static void assertWaits(PhoneInTime phone) {
		Problems.assertProblem(phone.get("/v1/contracts"), 403, "terms-not-accepted");
	}

	private static void assertGoesOn(PhoneInTime phone) {
		assertThat(phone.get("/v1/contracts").statusCode()).isEqualTo(200);
	}

	/** The claim of the access token that it holds. */
	private static String claim(PhoneInTime phone) {
		String claims = phone.tokens().accessToken().split("\\.", -1)[1];
		return JsonMapper.shared()
			.readTree(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
			.path("terms")
			.asString("");
	}

	/** Announces an edition in the file that operations edit. */
	private void announce(String version, LocalDate from, String inForce) {
		Path file = this.gateway.config().resolve("app-compatibility.yml");
		try {
			Files.writeString(file,
					Files.readString(file)
							+ "      - { version: \"%s\", valid-from: %s, link: \"https://www.bramka.example/%s\" }\n"
								.formatted(version, from, version));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Terms terms = this.gateway.bean(Terms.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> terms.settling(version).contains(version) && terms.settling(FIRST).contains(version));
		assertThat(terms.current().version()).isEqualTo(inForce);
	}

	@Test
	void canBeReadByAnybody() throws IOException {
		JsonNode terms = Json.of(this.gateway.phone().get("/v1/terms/current"));
		assertThat(terms.propertyNames()).containsExactlyInAnyOrder("version", "validFrom", "link");
		assertThat(terms.path("version").asString()).isEqualTo(FIRST);
		assertThat(terms.path("validFrom").asString()).isEqualTo("2026-01-01");
		assertThat(terms.path("link").asString()).isEqualTo("https://www.bramka.example/regulamin/2026-01");
	}

	@Test
	void letASessionDoNothingElseBefore() throws IOException {
		PhoneInTime phone = signedIn("anna", "ACCEPT_TERMS");
		PhoneInTime leaving = signedIn("anna", "ACCEPT_TERMS");
		assertThat(claim(phone)).isEqualTo(FIRST);
		this.gateway.mocks().reset();
		TreeMap<String, String> codes = new TreeMap<>();
		Json.of(this.gateway.phone().get("/v1/openapi.json"))
			.get("paths")
			.forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
				if (operation.path("security").path(0).has("accessToken")) {
					boolean says = operation.path("responses").path("403").toString().contains("TermsFirst")
							|| operation.path("responses").path("403").toString().contains("terms-not-accepted");
					PhoneInTime caller = path.equals("/v1/sessions/current") ? leaving : phone;
					codes.put(method + " " + path, code(caller, method, path) + " " + says);
				}
			}));
		Set<String> open = new TreeSet<>();
		codes.forEach((call, code) -> {
			if (!code.equals("terms-not-accepted true")) {
				open.add(call);
				assertThat(code).doesNotContain("terms-not-accepted").endsWith(" false");
			}
		});
		assertThat(open).isEqualTo(BEFORE_ACCEPTANCE);
		assertThat(codes).hasSizeGreaterThan(6);
		// The one that may leave is told to the provider.
		assertThat(this.gateway.asked()).allSatisfy((call) -> assertThat(call).endsWith("/logout"));
	}

	private static String code(PhoneInTime caller, String method, String path) {
		HttpResponse<String> answer = caller.send(method.toUpperCase(Locale.ROOT),
				path.replaceAll("\\{[^}]*}", "0030000421"), method.matches("get|delete") ? null : "{}");
		return (answer.statusCode() < 300) ? "done" : Json.code(answer);
	}

	@Test
	void keepPathsClosedHoweverTheyAreWritten() {
		PhoneInTime phone = signedIn("anna", "ACCEPT_TERMS");
		this.gateway.mocks().reset();
		for (String path : Set.of("/v1/contracts/", "/v1/contracts?x=/v1/terms/acceptances", "/v1/home%2f",
				"/v1/terms/acceptances/", "/v1/terms/acceptances;/../../contracts", "/v1/Home", "/v1/nothing",
				"/v1/sessions/current/", "/v1/sessions/currents")) {
			for (String method : Set.of("GET", "POST", "DELETE", "HEAD")) {
				HttpResponse<String> answer = phone.send(method, path, method.equals("POST") ? "{}" : null);
				assertThat(answer.statusCode()).as(method + " " + path).isIn(400, 403);
			}
		}
		assertThat(phone.send("HEAD", "/v1/home", null).statusCode()).isEqualTo(403);
		assertThat(phone.send("DELETE", "/v1/sessions/" + phone.tokens().sessionId(), null).statusCode())
			.isEqualTo(403);
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void openTheSessionAtOnceOnAllPhonesOfTheCustomer() {
		PhoneInTime phone = signedIn("anna", "ACCEPT_TERMS");
		PhoneInTime tablet = signedIn("anna", "ACCEPT_TERMS");
		assertWaits(phone);
		assertWaits(tablet);
		try (Logged logged = Logged.atUsualLevels()) {
			assertThat(tablet.acceptTerms().statusCode()).isEqualTo(201);
			assertThat(phone.acceptTerms().statusCode()).isEqualTo(200);
			assertThat(logged.lines("audit")).hasSize(1)
				.allSatisfy((line) -> assertThat(line).startsWith("event=terms-accepted result=done who="));
		}
		assertGoesOn(phone);
		assertGoesOn(tablet);
		assertThat(claim(phone)).isEqualTo(FIRST);
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		assertThat(claim(phone)).isEmpty();
		assertGoesOn(phone);
		assertThat(claim(signedIn("anna", "SET_PIN"))).isEmpty();
	}

	@Test
	void stayDueThroughRefreshesAndARestart() {
		PhoneInTime phone = signedIn("anna", "ACCEPT_TERMS");
		HttpResponse<String> refreshed = phone.refresh();
		assertThat(refreshed.statusCode()).isEqualTo(200);
		assertThat(Json.of(refreshed).has("next")).isFalse();
		assertThat(claim(phone)).isEqualTo(FIRST);
		assertWaits(phone);
		this.gateway.restart();
		assertWaits(phone.at(this.gateway));
		assertThat(phone.at(this.gateway).acceptTerms().statusCode()).isEqualTo(201);
		this.gateway.restart();
		assertGoesOn(phone.at(this.gateway));
	}

	@Test
	void countForTheCustomerWhoGaveThem() throws IOException {
		PhoneInTime anna = signedIn("anna", "ACCEPT_TERMS");
		PhoneInTime jan = signedIn("jan", "ACCEPT_TERMS");
		assertThat(jan.acceptTerms().statusCode()).isEqualTo(201);
		assertGoesOn(jan);
		assertWaits(anna);
		// The same phone, in other hands.
		signIn(jan, "maria", "ACCEPT_TERMS");
		assertWaits(jan);
		// Another customer's token from one's own phone.
		Tokens stolen = jan.tokens();
		Phone thief = this.gateway.phone().tokens(stolen);
		assertThat(thief.send("POST", "/v1/terms/acceptances", "{\"version\":\"" + FIRST + "\"}").statusCode())
			.isEqualTo(401);
		assertWaits(jan);
	}

	@Test
	void areOfTheEditionInForceOnly() {
		announce("2027-far", this.today.plusDays(2), FIRST);
		PhoneInTime phone = signedIn("anna", "ACCEPT_TERMS");
		for (String version : Set.of("2025-01", "2027-far", "2026-01 ", "2026", "\\u0000", "x".repeat(40))) {
			Problems.assertProblem(phone.acceptTerms(version), 409, "terms-outdated");
		}
		for (String body : Set.of("{}", "{\"version\":\"\"}", "{\"version\":\"" + "x".repeat(41) + "\"}",
				"{\"version\":null}")) {
			Problems.assertProblem(phone.send("POST", "/v1/terms/acceptances", body), 400, "invalid-request");
		}
		assertWaits(phone);
		Problems.assertProblem(phone.signedOut().acceptTerms(FIRST), 401, "unauthenticated");
	}

	@Test
	void areAskedForAnewAtTheNextSignInOnly() {
		PhoneInTime before = signedIn("anna", "ACCEPT_TERMS");
		assertThat(before.acceptTerms().statusCode()).isEqualTo(201);
		assertThat(before.refresh().statusCode()).isEqualTo(200);
		announce("2026-new", this.today, "2026-new");
		assertGoesOn(before);
		assertThat(before.refresh().statusCode()).isEqualTo(200);
		assertThat(claim(before)).isEmpty();
		assertGoesOn(before);
		PhoneInTime after = signedIn("anna", "ACCEPT_TERMS");
		assertThat(claim(after)).isEqualTo("2026-new");
		assertWaits(after);
		Problems.assertProblem(after.acceptTerms(FIRST), 409, "terms-outdated");
		assertGoesOn(before);
		assertThat(after.acceptTerms().statusCode()).isEqualTo(201);
		assertGoesOn(after);
	}

	@Test
	void ofALaterEditionSettleTheOneThatWasDue() {
		PhoneInTime phone = signedIn("anna", "ACCEPT_TERMS");
		announce("2026-new", this.today, "2026-new");
		assertThat(claim(phone)).isEqualTo(FIRST);
		Problems.assertProblem(phone.acceptTerms(FIRST), 409, "terms-outdated");
		assertWaits(phone);
		assertThat(phone.acceptTerms().statusCode()).isEqualTo(201);
		assertGoesOn(phone);
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		assertThat(claim(phone)).isEmpty();
	}

	@Test
	void areAskedForFromTheFirstMomentOfTheDay() {
		announce("2027-next", this.today.plusDays(1), FIRST);
		PhoneInTime phone = signedIn("anna", "ACCEPT_TERMS");
		assertThat(phone.acceptTerms().statusCode()).isEqualTo(201);
		Instant midnight = this.today.plusDays(1).atStartOfDay(ZoneId.of("Europe/Warsaw")).toInstant();
		this.time.passes(Duration.between(this.time.instant(), midnight.minusSeconds(1)));
		PhoneInTime late = signedIn("anna", "SET_PIN");
		this.time.passes(Duration.ofSeconds(1));
		assertGoesOn(late);
		assertThat(late.refresh().statusCode()).isEqualTo(200);
		assertGoesOn(late);
		PhoneInTime early = signedIn("anna", "ACCEPT_TERMS");
		assertThat(claim(early)).isEqualTo("2027-next");
		assertWaits(early);
	}

}
