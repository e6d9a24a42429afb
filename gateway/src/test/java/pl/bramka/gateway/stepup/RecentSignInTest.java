package pl.bramka.gateway.stepup;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

import pl.bramka.gateway.PhoneInTime;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.docs.Description;
import pl.bramka.gateway.freshness.Time;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation that says it needs a recent sign-in, found in the API's description and
 * asked with an old one and a fresh one. The gateway has some more such operations here
 * than in earnest.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecentSignInTest {

	/**
	 * All of them, with a body that gets as far as the decision: payment, factor and
	 * contact changes must be here.
	 */
	private static final Map<String, String> EXPECTED = Map.of("put /v1/test-only/guarded/{id}", "",
			"get /v1/test-only/by-password", "", "put /v1/test-only/by-handler", "", "put /v1/devices/current/pin",
			"{\"pin\":\"4826\"}", "patch /v1/customer/contact", "{\"phone\":\"500000042\"}",
			"delete /v1/devices/current/pin", "", "put /v1/devices/current/biometric-key", "",
			"delete /v1/devices/current/biometric-key", "", "post /v1/payments", "{\"quoteId\":\"x\"}");

	/**
	 * All other operations that write, each with why it may be done with an old sign-in.
	 */
	private static final Map<String, String> EXEMPT = Map.ofEntries(Map.entry("post /v1/sessions", "is a sign-in"),
			Map.entry("post /v1/sessions/pin", "is a sign-in"),
			Map.entry("post /v1/sessions/biometric", "is a sign-in"),
			Map.entry("post /v1/sessions/biometric/challenge", "is the beginning of a sign-in"),
			Map.entry("post /v1/sessions/refresh", "goes on with a session and says how old its sign-in is"),
			Map.entry("post /v1/accounts", "has no session"),
			Map.entry("post /v1/accounts/password-reset", "has no session"),
			Map.entry("post /v1/operator/notifications", "has no session"),
			Map.entry("delete /v1/accounts/current", "only says whom to turn to"),
			Map.entry("post /v1/messages", "changes nothing by itself: people read it"),
			Map.entry("post /v1/terms/acceptances", "changes no access"),
			Map.entry("post /v1/payments/quote", "only asks; starting the payment needs one"),
			Map.entry("post /v1/invoices/{id}/pay-link", "moves no money; whoever opens the link pays with their own"),
			Map.entry("put /v1/contracts/{id}/e-invoice", "moves no money, and the same switch takes it back"),
			Map.entry("post /v1/meters/{id}/readings", "moves no money; a wrong one is doubted, and corrected"),
			Map.entry("delete /v1/sessions", "takes access away"),
			Map.entry("delete /v1/sessions/current", "takes access away"),
			Map.entry("delete /v1/sessions/{id}", "takes access away"),
			Map.entry("delete /v1/devices/{id}", "takes access away"));

	private static final Pattern CHALLENGE = Pattern
		.compile("DPoP error=\"insufficient_user_authentication\", error_description=\"[ a-z-]+\", "
				+ "acr_values=\"([a-z ]+)\", max_age=(\\d+)");

	private final Time time = new Time(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());

	private final AtomicInteger reached = new AtomicInteger();

	private TestGateway gateway;

	@BeforeAll
	void start() {
		this.gateway = Description.start((context) -> {
			context.registerBean("testClock", Clock.class, () -> this.time,
					(definition) -> definition.setPrimary(true));
			context.registerBean(Guarded.class,
					() -> new Guarded(context.getBeanProvider(RecentSignIns.class)::getObject));
		});
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	private PhoneInTime fresh() {
		PhoneInTime phone = new PhoneInTime(this.gateway, this.time);
		assertThat(phone.signIn("anna").statusCode()).isEqualTo(201);
		assertThat(phone.acceptTerms().statusCode()).isBetween(200, 201);
		return phone;
	}

	/** The session goes on by refreshing; when its owner signed in stays as it was. */
	private PhoneInTime old() {
		PhoneInTime phone = fresh();
		this.time.passes(Duration.ofSeconds(302));
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		return phone;
	}

	/** What the description says of operations that need a recent sign-in. */
	private Map<String, JsonNode> described() {
		Map<String, JsonNode> operations = new TreeMap<>();
		JsonMapper.builder()
			.build()
			.readTree(Description.of(this.gateway))
			.get("paths")
			.forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
				if (operation.has("x-recent-sign-in")) {
					operations.put(method + " " + path, operation);
				}
			}));
		return operations;
	}

	private HttpResponse<String> call(PhoneInTime phone, String operation) {
		String[] parts = operation.split(" ", 2);
		String body = EXPECTED.getOrDefault(operation, "");
		return phone.send(parts[0].toUpperCase(Locale.ROOT), parts[1].replaceAll("\\{[^}]*}", "1"),
				body.isEmpty() ? null : body);
	}

	@Test
	void isSaidInTheDescription() {
		Map<String, JsonNode> described = described();
		assertThat(described.keySet()).isEqualTo(EXPECTED.keySet());
		assertThat(described.values()).allSatisfy((operation) -> {
			JsonNode refusal = operation.path("responses").path("401");
			assertThat(refusal.toString()).contains("insufficient-user-authentication", "WWW-Authenticate");
			assertThat(operation.path("x-recent-sign-in").propertyNames()).containsExactlyInAnyOrder("maxAge",
					"acrValues");
			assertThat(operation.path("x-recent-sign-in").path("maxAge").asLong()).isEqualTo(300);
		});
	}

	@Test
	void isNeededOrNotByEveryOperationThatWrites() {
		Set<String> writing = new TreeSet<>();
		JsonMapper.builder()
			.build()
			.readTree(Description.of(this.gateway))
			.get("paths")
			.forEachEntry((path, item) -> item.propertyNames()
				.stream()
				.filter(Set.of("post", "put", "patch", "delete")::contains)
				.forEach((method) -> writing.add(method + " " + path)));
		Set<String> known = new TreeSet<>(EXEMPT.keySet());
		known.addAll(EXPECTED.keySet());
		known.removeIf((operation) -> operation.contains(" /v1/test-only/"));
		writing.removeIf((operation) -> operation.contains(" /v1/test-only/"));
		assertThat(writing).isEqualTo(known);
	}

	@Test
	void isAskedForByEveryOperationThatSaysSo() throws IOException {
		PhoneInTime old = old();
		int before = this.reached.get();
		described().forEach((operation, description) -> {
			HttpResponse<String> answer = call(old, operation);
			Problems.assertProblem(answer, 401, "insufficient-user-authentication");
			Matcher challenge = CHALLENGE.matcher(answer.headers().firstValue("WWW-Authenticate").orElseThrow());
			assertThat(challenge.matches()).as(operation).isTrue();
			JsonNode rule = description.path("x-recent-sign-in");
			assertThat(challenge.group(2)).isEqualTo(rule.path("maxAge").asString());
			assertThat(List.of(challenge.group(1).split(" ", -1)))
				.isEqualTo(rule.path("acrValues").valueStream().map(JsonNode::asString).toList());
		});
		assertThat(this.reached).hasValue(before);
		assertThat(old.get("/v1/sessions").statusCode()).isEqualTo(200);
	}

	@Test
	void isEnoughForEveryOperationThatSaysSo() throws IOException {
		PhoneInTime phone = fresh();
		for (String operation : described().keySet()) {
			HttpResponse<String> answer = call(phone, operation);
			assertThat(answer.body()).as(operation).doesNotContain("insufficient-user-authentication");
		}
	}

	@Test
	void isOverAfterFiveMinutes() {
		PhoneInTime phone = fresh();
		this.time.passes(Duration.ofSeconds(298));
		assertThat(phone.send("PUT", "/v1/test-only/guarded/1", null).statusCode()).isEqualTo(204);
		assertThat(phone.refresh().statusCode()).isEqualTo(200);
		this.time.passes(Duration.ofSeconds(3));
		Problems.assertProblem(phone.send("PUT", "/v1/test-only/guarded/1", null), 401,
				"insufficient-user-authentication");
		assertThat(phone.signIn("anna").statusCode()).isEqualTo(201);
		assertThat(phone.send("PUT", "/v1/test-only/guarded/1", null).statusCode()).isEqualTo(204);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/test-only/guarded/1", "/v1/test-only/guarded/1/", "/v1/test-only/%67uarded/1",
			"/v1/test-only/guarded/%31", "/v1/test-only/guarded/1;x=y", "/v1/test-only/guarded;x=y/1",
			"/v1/test-only/guarded//1", "/v1/test-only/./guarded/1", "/v1/test-only/x/../guarded/1",
			"/v1/test-only/Guarded/1", "/v1/test-only/guarded/1?free", "/v1/test-only/guarded/1%2F",
			"/v1/test-only/guarded/free%20", "/v1/test-only/guarded/fre%C4%99", "/v1/test-only/guarded/Free" })
	void isNotAvoidedByAnySpellingOfThePath(String path) {
		PhoneInTime old = old();
		int before = this.reached.get();
		assertThat(old.send("PUT", path, null).statusCode()).isIn(400, 401, 404);
		assertThat(this.reached).hasValue(before);
	}

	@Test
	void isNotAvoidedByAskingForHeadersOnly() {
		PhoneInTime old = old();
		int before = this.reached.get();
		assertThat(old.send("HEAD", "/v1/test-only/by-password", null).statusCode()).isEqualTo(401);
		assertThat(this.reached).hasValue(before);
		assertThat(fresh().send("HEAD", "/v1/test-only/by-password", null).statusCode()).isEqualTo(204);
	}

	@Test
	void isNotAskedForBesideIt() {
		PhoneInTime old = old();
		assertThat(old.send("PUT", "/v1/test-only/guarded/free", null).statusCode()).isEqualTo(204);
		assertThat(old.send("DELETE", "/v1/test-only/guarded/1", null).statusCode()).isEqualTo(204);
		assertThat(old.get("/v1/contracts").statusCode()).isEqualTo(200);
	}

	@Test
	void doesNotTakeThePlaceOfASession() {
		Problems.assertProblem(fresh().signedOut().send("PUT", "/v1/test-only/guarded/1", null), 401,
				"unauthenticated");
	}

	/**
	 * An inner class, so that no other gateway finds it when it looks for controllers.
	 */
	@RestController
	@SuppressWarnings("ClassCanBeStatic")
	final class Guarded {

		private final Supplier<RecentSignIns> signIns;

		Guarded(Supplier<RecentSignIns> signIns) {
			this.signIns = signIns;
		}

		@RecentSignIn
		@PutMapping("/v1/test-only/guarded/{id}")
		ResponseEntity<Void> guarded(@AuthenticationPrincipal Customer customer, @PathVariable String id) {
			return done();
		}

		@PutMapping("/v1/test-only/guarded/free")
		ResponseEntity<Void> besideGuarded(@AuthenticationPrincipal Customer customer) {
			return done();
		}

		@DeleteMapping("/v1/test-only/guarded/{id}")
		ResponseEntity<Void> sameAsGuarded(@AuthenticationPrincipal Customer customer, @PathVariable String id) {
			return done();
		}

		@RecentSignIn(methods = AuthenticationMethod.PASSWORD)
		@GetMapping("/v1/test-only/by-password")
		ResponseEntity<Void> byPassword(@AuthenticationPrincipal Customer customer) {
			return done();
		}

		@RecentSignIn(methods = AuthenticationMethod.PASSWORD, byHandler = true)
		@PutMapping("/v1/test-only/by-handler")
		Mono<ResponseEntity<Void>> byHandler(@AuthenticationPrincipal Customer customer) {
			return this.signIns.get()
				.require(customer, AuthenticationMethod.PASSWORD)
				.then(Mono.fromSupplier(this::done));
		}

		private ResponseEntity<Void> done() {
			RecentSignInTest.this.reached.incrementAndGet();
			return ResponseEntity.noContent().build();
		}

	}

}
