package pl.bramka.gateway;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.ContractAccount;
import pl.bramka.mocks.personas.ContractType;
import pl.bramka.mocks.personas.Document;
import pl.bramka.mocks.personas.Meter;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.gateway.payments.Payer;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another customer's data, asked for by its number on every route that takes one. What
 * belongs to a distribution contract counts as another customer's.
 */
@ExtendWith(RunningGateway.class)
class OthersDataTest {

	/** Who asks: has a sales contract, and a distribution contract beside it. */
	private static final String ASKS = "piotr";

	/**
	 * Every route that takes a number, and how to call it with another customer's. A new
	 * route without its line here fails the build.
	 */
	private static final Map<String, Attempt> MATRIX = Map.ofEntries(
			Map.entry("GET /v1/contracts/{id}", new Attempt("GET", "/v1/contracts/%s", Numbers.OF_CONTRACTS)),
			Map.entry("PUT /v1/contracts/{id}/e-invoice",
					new Attempt("PUT", "/v1/contracts/%s/e-invoice", "{\"enabled\":false}", Numbers.OF_CONTRACTS)),
			Map.entry("GET /v1/contracts/{id}/consumption",
					new Attempt("GET", "/v1/contracts/%s/consumption?from=2026-01-01&to=2026-06-30&granularity=MONTH",
							Numbers.OF_CONTRACTS)),
			Map.entry("GET /v1/invoices/{id}", new Attempt("GET", "/v1/invoices/%s", Numbers.OF_DOCUMENTS)),
			Map.entry("GET /v1/invoices/{id}/pdf", new Attempt("GET", "/v1/invoices/%s/pdf", Numbers.OF_DOCUMENTS)),
			Map.entry("POST /v1/invoices/{id}/pay-link",
					new Attempt("POST", "/v1/invoices/%s/pay-link", Numbers.OF_DOCUMENTS)),
			Map.entry("POST /v1/payments/quote body documents",
					new Attempt("POST", "/v1/payments/quote", "{\"documents\":[\"%s\"]}", Numbers.OF_DOCUMENTS)),
			Map.entry("POST /v1/messages body contractId", new Attempt("POST", "/v1/messages",
					"{\"topic\":\"CONTRACT\",\"text\":\"Pytanie\",\"contractId\":\"%s\"}", Numbers.OF_CONTRACTS)),
			Map.entry("GET /v1/payments/{id}", new Attempt("GET", "/v1/payments/%s", Numbers.OF_PAYMENTS)),
			Map.entry("GET /v1/invoices?contractId",
					new Attempt("GET", "/v1/invoices?contractId=%s", Numbers.OF_CONTRACTS)),
			Map.entry("GET /v1/meters/{id}/reading-options",
					new Attempt("GET", "/v1/meters/%s/reading-options", Numbers.OF_METERS)),
			Map.entry("GET /v1/meters/{id}/readings", new Attempt("GET", "/v1/meters/%s/readings", Numbers.OF_METERS)),
			Map.entry("POST /v1/meters/{id}/readings",
					new Attempt("POST", "/v1/meters/%s/readings", "{\"values\":[{\"register\":\"001\",\"value\":1}]}",
							Numbers.OF_METERS)),
			Map.entry("DELETE /v1/sessions/{id}", new Attempt("DELETE", "/v1/sessions/%s", Numbers.OF_SESSIONS)),
			Map.entry("DELETE /v1/devices/{id}", new Attempt("DELETE", "/v1/devices/%s", Numbers.OF_DEVICES)));

	/**
	 * What we sealed ourselves for one customer, each with where it is shown that it does
	 * nothing for another.
	 */
	private static final Map<String, String> SEALED = Map.of("POST /v1/payments body quoteId", "PaymentTest",
			"GET /v1/pay-links/{token}", "PayLinkTest");

	/**
	 * Open calls that take the number of a device, and what they are sent. They are
	 * answered alike for every device that is not the caller's.
	 */
	private static final Map<String, String> OPEN_CALLS = Map.of("POST /v1/sessions/biometric/challenge body deviceId",
			"{\"deviceId\":\"%s\",\"purpose\":\"SIGN_IN\"}", "POST /v1/sessions/pin body deviceId",
			"{\"deviceId\":\"%s\",\"pin\":\"4826\"}", "POST /v1/sessions/biometric body deviceId",
			"{\"deviceId\":\"%s\",\"challenge\":\"" + "A".repeat(43) + "\",\"signature\":\"" + "A".repeat(86) + "\"}");

	private final TestGateway gateway;

	private final Phone phone;

	OthersDataTest(TestGateway gateway) {
		this.gateway = gateway;
		this.phone = gateway.signedIn(ASKS);
	}

	/** Whose numbers a route is called with. */
	private enum Numbers {

		OF_CONTRACTS, OF_DOCUMENTS, OF_METERS, OF_PAYMENTS, OF_SESSIONS, OF_DEVICES

	}

	/**
	 * A call with a number that is not the caller's.
	 *
	 * @param path perhaps with a place for the number
	 * @param body likewise; null for none
	 */
	private record Attempt(String method, String path, @Nullable String body, Numbers numbers) {

		Attempt(String method, String path, Numbers numbers) {
			this(method, path, null, numbers);
		}

		HttpResponse<String> by(Phone phone, String number) throws IOException {
			return phone.send(this.method, this.path.formatted(number),
					(this.body != null) ? this.body.formatted(number) : null, "Idempotency-Key",
					UUID.randomUUID().toString());
		}

	}

	@Test
	void knowsEveryRouteThatTakesANumber() {
		Set<String> known = new TreeSet<>(MATRIX.keySet());
		known.addAll(OPEN_CALLS.keySet());
		known.addAll(SEALED.keySet());
		assertThat(known).isEqualTo(routesWithNumbers());
	}

	@Test
	void answersOpenCallsForAnotherCustomersDeviceAsIfThereWereNone() throws IOException {
		Phone other = this.gateway.signedIn("anna");
		for (Map.Entry<String, String> call : OPEN_CALLS.entrySet()) {
			String path = call.getKey().split(" ", -1)[1];
			String device = other.deviceId().orElseThrow();
			HttpResponse<String> others = this.phone.send("POST", path, call.getValue().formatted(device));
			HttpResponse<String> none = this.phone.send("POST", path, call.getValue().formatted("0999999999"));
			assertThat(others.statusCode()).isEqualTo(none.statusCode());
			assertThat(others.headers().map().keySet()).isEqualTo(none.headers().map().keySet());
			assertThat(Json.of(others).propertyNames()).isEqualTo(Json.of(none).propertyNames());
			assertThat(others.body()).doesNotContain(hidden()).doesNotContain(device);
		}
	}

	@Test
	void answersEveryNumberOfAnotherCustomerAsIfThereWereNone() throws IOException {
		Set<String> hidden = hidden();
		List<Phone> others = List.of(this.gateway.signedIn("anna"), this.gateway.signedIn("jan"));
		for (Map.Entry<String, Attempt> entry : MATRIX.entrySet()) {
			Attempt attempt = entry.getValue();
			for (String number : numbers(attempt.numbers(), others)) {
				HttpResponse<String> answer = attempt.by(this.phone, number);
				Problems.assertProblem(answer, 404, Json.code(answer));
				// A request's id is random, and may have any figures in it.
				assertThat(alike(answer)).as(entry.getKey()).doesNotContain(hidden).doesNotContain(number);
				assertThat(alike(answer)).isEqualTo(alike(attempt.by(this.phone, "0999999999")));
			}
		}
		for (Phone other : others) {
			assertThat(other.get("/v1/home").statusCode()).isEqualTo(200);
		}
		Payer.begin(this.gateway);
	}

	@Test
	void showsNothingOfAnotherInAnyAnswer() throws IOException {
		Set<String> hidden = hidden();
		List<String> paths = new ArrayList<>(plainReads());
		assertThat(paths).contains("/v1/home", "/v1/contracts", "/v1/invoices", "/v1/sessions");
		paths.addAll(List.of("/v1/contracts/0030000451", "/v1/invoices?limit=100", "/v1/invoices?state=OPEN",
				"/v1/contracts/0030000451/consumption?from=2026-01-01&to=2026-06-30&granularity=MONTH",
				"/v1/invoices?state=SETTLED", "/v1/invoices?medium=ELECTRICITY", "/v1/invoices?contractId=0030000451",
				"/v1/meters/000000000010000451/reading-options", "/v1/meters/000000000010000451/readings"));
		for (String path : paths) {
			HttpResponse<String> answer = this.phone.get(path, "Cache-Control", "no-cache");
			assertThat(answer.statusCode()).as(path).isEqualTo(200);
			assertThat(answer.body()).as(path).doesNotContain(hidden);
		}
		assertThat(this.phone.get("/v1/contracts").body()).contains("0030000451");
	}

	@Test
	void countsNothingOfADistributionContract() throws IOException {
		JsonNode home = Json.of(this.phone.get("/v1/home"));
		assertThat(home.at("/contracts/data")).hasSize(1);
		assertThat(home.at("/balance").toString()).contains("30215").doesNotContain("107993", "77778");
		JsonNode items = Json.of(this.phone.get("/v1/invoices?limit=100")).get("items");
		assertThat(items).hasSize(7)
			.allSatisfy((item) -> assertThat(item.get("contractAccountId").asString()).isEqualTo("000200000451"));
	}

	@Test
	void takesAPlaceInAnotherCustomersListForAPlaceInOnesOwn() throws IOException {
		JsonNode page = Json.of(this.gateway.signedIn("anna").get("/v1/invoices?limit=1"));
		String cursor = page.findValue("nextCursor").asString();
		HttpResponse<String> answer = this.phone.get("/v1/invoices?cursor=" + cursor);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).doesNotContain(hidden());
	}

	private static String alike(HttpResponse<String> answer) {
		return answer.body().replace(Json.of(answer).get("requestId").asString(), "");
	}

	private List<String> numbers(Numbers numbers, List<Phone> others) {
		return switch (numbers) {
			case OF_DEVICES -> others.stream().map((other) -> other.deviceId().orElseThrow()).toList();
			case OF_SESSIONS -> others.stream().map((other) -> other.tokens().orElseThrow().sessionId()).toList();
			case OF_PAYMENTS -> payments(others);
			case OF_DOCUMENTS ->
				Stream.concat(others().flatMap((persona) -> persona.contractAccounts().stream()), distribution())
					.flatMap((account) -> account.documents().stream().map(Document::id).limit(20))
					.toList();
			case OF_METERS ->
				Stream.concat(others().flatMap((persona) -> persona.contractAccounts().stream()), distribution())
					.flatMap((account) -> account.contracts().stream())
					.flatMap((contract) -> contract.meters().stream().map(Meter::deviceId))
					.toList();
			case OF_CONTRACTS ->
				Stream.concat(others().flatMap((persona) -> persona.contractAccounts().stream()), distribution())
					.flatMap((account) -> Stream.concat(Stream.of(account.id()),
							account.contracts().stream().map(Contract::id)))
					.toList();
		};
	}

	/** Begun for this: to be forgotten afterwards. */
	private List<String> payments(List<Phone> others) {
		return List.of(new Payer(this.gateway, others.getFirst()).started(Payer.ANNAS).get("id").asString(),
				new Payer(this.gateway, others.getLast()).started(Payer.JANS).get("id").asString());
	}

	/**
	 * Everything that names another customer, or a distribution contract of one's own.
	 */
	private Set<String> hidden() {
		Set<String> hidden = new TreeSet<>(Set.of("Niewidoczna", "DYS-7777452", "77777", "77778"));
		others().forEach((persona) -> {
			hidden.addAll(List.of(persona.accountId(), persona.email(), persona.phone(), persona.fullName()));
			if (persona.pesel() != null) {
				hidden.add(persona.pesel());
			}
		});
		Stream.concat(others().flatMap((persona) -> persona.contractAccounts().stream()), distribution())
			.forEach((account) -> {
				hidden.add(account.id());
				account.documents().stream().map(Document::id).forEach(hidden::add);
				account.contracts().forEach((contract) -> {
					hidden.addAll(List.of(contract.id(), contract.ppe(), contract.premise().id(),
							contract.premise().shortForm()));
					contract.meters()
						.forEach((meter) -> hidden.addAll(List.of(meter.deviceId(), meter.serialNumber())));
				});
			});
		return hidden;
	}

	private Stream<Persona> others() {
		return this.gateway.mocks().personas().all().stream().filter((persona) -> !persona.name().equals(ASKS));
	}

	private Stream<ContractAccount> distribution() {
		return this.gateway.mocks()
			.personas()
			.byName(ASKS)
			.contractAccounts()
			.stream()
			.filter((account) -> account.contracts()
				.stream()
				.anyMatch((contract) -> contract.type() == ContractType.DISTRIBUTION));
	}

	private Map<RequestMappingInfo, HandlerMethod> mappings() {
		return this.gateway.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods();
	}

	private static Stream<String> names(RequestMappingInfo mapping) {
		return mapping.getMethodsCondition()
			.getMethods()
			.stream()
			.flatMap((method) -> mapping.getPatternsCondition()
				.getPatterns()
				.stream()
				.map((pattern) -> method + " " + pattern.getPatternString()));
	}

	private Set<String> plainReads() {
		return mappings().keySet()
			.stream()
			.flatMap(OthersDataTest::names)
			.filter((name) -> name.startsWith("GET /v1/") && !name.contains("{"))
			.map((name) -> name.substring("GET ".length()))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private Set<String> routesWithNumbers() {
		Set<String> routes = new TreeSet<>();
		mappings().forEach((mapping, handler) -> names(mapping).forEach((name) -> {
			if (name.contains("{")) {
				routes.add(name);
			}
			for (MethodParameter parameter : handler.getMethodParameters()) {
				numbersIn(parameter).forEach((number) -> routes.add(name + number));
			}
		}));
		List<Route> proxied = this.gateway.bean(RouteLocator.class)
			.getRoutes()
			.collectList()
			.block(Duration.ofSeconds(5));
		Objects.requireNonNull(proxied).forEach((route) -> routes.add("route " + route.getId()));
		RouterFunction<?> functions = this.gateway.bean("routerFunctionMapping", RouterFunctionMapping.class)
			.getRouterFunction();
		if (functions != null) {
			routes.add("function " + functions);
		}
		return routes;
	}

	private static Stream<String> numbersIn(MethodParameter parameter) {
		RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
		if (query != null) {
			String name = query.name().isEmpty() ? parameter.getParameter().getName() : query.name();
			return isNumber(name) ? Stream.of("?" + name) : Stream.empty();
		}
		return parameter.hasParameterAnnotation(RequestBody.class)
				? membersOf(ResolvableType.forMethodParameter(parameter)).filter(OthersDataTest::isNumber)
					.map((name) -> " body " + name)
				: Stream.empty();
	}

	/** Records are read to the bottom, in whatever they are wrapped. */
	private static Stream<String> membersOf(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (!raw.isRecord()) {
			return Arrays.stream(type.getGenerics()).flatMap(OthersDataTest::membersOf);
		}
		return Arrays.stream(raw.getRecordComponents())
			.flatMap((RecordComponent member) -> Stream.concat(Stream.of(member.getName()),
					membersOf(ResolvableType.forType(member.getGenericType()))));
	}

	private static boolean isNumber(String name) {
		return name.matches("(?i)(.*(id|ids|number|numbers|documents|invoices|contract|account|meter)|e?ppe)");
	}

}
