package pl.bramka.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.payments.Payer;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Fingerprint;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers hold the members written here and no other, whatever the systems behind add to
 * theirs: what the gateway does not name it does not hand on.
 */
@ExtendWith(RunningGateway.class)
class AnswersTest {

	private static final Set<String> CONTRACT = Set.of("id", "kind", "medium", "description", "product", "tariff",
			"priceGuaranteeUntil", "telerachunek", "contractAccountId", "invoicesAvailable", "validFrom");

	private static final Set<String> INVOICE = Set.of("id", "kind", "state", "medium", "contractAccountId",
			"description", "issuedOn", "dueOn", "amount.amount", "amount.currency", "remaining.amount",
			"remaining.currency", "payable", "overdue", "notPayable");

	private final TestGateway gateway;

	AnswersTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@Test
	void holdNothingThatIsNotNamed() throws IOException {
		Set<String> home = new TreeSet<>();
		Set<String> contracts = new TreeSet<>();
		Set<String> invoices = new TreeSet<>();
		Set<String> invoice = new TreeSet<>();
		Set<String> customer = new TreeSet<>();
		for (String persona : Set.of("anna", "jan", "maria", "piotr", "tomek", "olga")) {
			Phone phone = this.gateway.signedIn(persona);
			collect("", Json.of(phone.get("/v1/home")), home);
			collect("", Json.of(phone.get("/v1/contracts")), contracts);
			JsonNode list = Json.of(phone.get("/v1/invoices?limit=100"));
			collect("", list, invoices);
			for (JsonNode item : list.path("items")) {
				collect("", Json.of(phone.invoice(item.path("id").asString())), invoice);
			}
			collect("", Json.of(phone.get("/v1/customer")), customer);
		}
		assertThat(contracts).isEqualTo(with("items[].", CONTRACT, "state", "asOf"));
		assertThat(invoices).isEqualTo(with("items[].", INVOICE, "state", "asOf", "nextCursor"));
		Set<String> detail = new TreeSet<>(with("data.", INVOICE, "state", "asOf"));
		detail.addAll(Set.of("data.amountPaid.amount", "data.amountPaid.currency", "data.text"));
		assertThat(invoice).isEqualTo(detail);
		assertThat(customer).containsExactlyInAnyOrder("state", "asOf", "data.firstName", "data.lastName",
				"data.fullName", "data.contactForm", "data.contact.state", "data.contact.asOf",
				"data.contact.data.email.value", "data.contact.data.phone.value");
		Set<String> expected = new TreeSet<>(with("contracts.data[].", CONTRACT));
		expected.addAll(with("invoices.data[].", INVOICE));
		expected.addAll(with("readings.data[].",
				Set.of("meterId", "contractId", "serialNumber", "kind", "closesOn", "zones[]")));
		for (String section : Set.of("customer", "contracts", "balance", "invoices", "readings", "notices")) {
			expected.addAll(Set.of(section + ".state", section + ".asOf"));
		}
		expected.addAll(with("customer.data.", Set.of("firstName", "lastName", "fullName")));
		expected.addAll(with("balance.data.", Set.of("total.amount", "total.currency", "media[].medium",
				"media[].total.amount", "media[].total.currency", "message")));
		assertThat(home).isEqualTo(expected);
	}

	@Test
	void tellOfQuotesAndEInvoicesNothingThatIsNotNamed() throws IOException {
		Set<String> quotes = new TreeSet<>();
		Phone jan = this.gateway.signedIn("jan");
		collect("", Json.of(jan.send("POST", "/v1/payments/quote", "{\"documents\":[\"000400043151\"]}")), quotes);
		Set<String> expected = new TreeSet<>(Set.of("id", "validUntil", "free", "message"));
		for (String money : Set.of("amount", "fee", "total", "documents[].amount")) {
			expected.addAll(Set.of(money + ".amount", money + ".currency"));
		}
		expected.addAll(with("documents[].", Set.of("id", "contractAccountId", "free", "missing[]", "contractIds[]")));
		assertThat(quotes).isEqualTo(expected);
		Set<String> refused = new TreeSet<>();
		collect("", Json.of(this.gateway.signedIn("tomek")
			.send("POST", "/v1/payments/quote", "{\"documents\":[\"000400481901\"]}")), refused);
		assertThat(refused).containsExactlyInAnyOrder("type", "title", "status", "detail", "code", "retryable",
				"requestId", "documents[].id", "documents[].reason");
		Set<String> switched = new TreeSet<>();
		collect("", Json.of(jan.send("PUT", "/v1/contracts/0030000431/e-invoice", "{\"enabled\":false}")), switched);
		assertThat(switched).containsExactlyInAnyOrder("contractId", "contractAccountId", "enabled");
		Set<String> contract = new TreeSet<>();
		collect("", Json.of(this.gateway.signedIn("anna").get("/v1/contracts/0030000421")), contract);
		Set<String> detail = new TreeSet<>(with("data.", CONTRACT, "state", "asOf"));
		detail.addAll(Set.of("data.eInvoice", "data.pointOfDelivery"));
		detail.addAll(with("data.premise.", Set.of("address", "city", "postalCode", "street", "houseNo", "roomNo")));
		assertThat(contract).isEqualTo(detail);
	}

	@Test
	void tellOfConsumptionNothingThatIsNotNamed() throws IOException {
		LocalDate today = LocalDate.now(ZoneId.of("Europe/Warsaw"));
		Set<String> points = Set.of("start", "end", "use.complete", "use.zones[].zone", "use.zones[].measured",
				"use.zones[].estimated");
		Set<String> expected = new TreeSet<>(
				with("points[].", points, "state", "asOf", "granularity", "from", "to", "unit", "totals.use.complete",
						"totals.use.zones[].zone", "totals.use.zones[].measured", "totals.use.zones[].estimated"));
		Set<String> months = new TreeSet<>();
		collect("", consumption("anna", "0030000421", "MONTH", today.minusYears(1)), months);
		assertThat(months).isEqualTo(expected);
		for (String prefix : Set.of("points[].feedIn.", "totals.feedIn.")) {
			expected.addAll(with(prefix, Set.of("complete", "zones[].zone", "zones[].measured", "zones[].estimated")));
		}
		for (String granularity : Set.of("HOUR", "DAY")) {
			Set<String> curve = new TreeSet<>();
			collect("", consumption("olga", "0030000491", granularity, today.minusDays(20)), curve);
			assertThat(curve).isEqualTo(expected);
		}
		Set<String> refused = new TreeSet<>();
		collect("", consumption("anna", "0030000422", "DAY", today), refused);
		assertThat(refused).containsExactlyInAnyOrder("type", "title", "status", "detail", "code", "retryable",
				"requestId", "available[]");
	}

	private JsonNode consumption(String persona, String contract, String granularity, LocalDate from)
			throws IOException {
		return Json.of(this.gateway.signedIn(persona)
			.get("/v1/contracts/" + contract + "/consumption?granularity=" + granularity + "&from=" + from + "&to="
					+ LocalDate.now(ZoneId.of("Europe/Warsaw"))));
	}

	@Test
	void tellOfContactDataAndMessagesNothingThatIsNotNamed() throws IOException {
		Phone jan = this.gateway.signedIn("jan");
		this.gateway.mocks().customerSystem().applyContactChangesLater(true);
		Set<String> changed = new TreeSet<>();
		collect("", Json.of(jan.send("PATCH", "/v1/customer/contact",
				"{\"email\":\"jan.nowy@example.com\",\"phone\":\"500 000 098\"}")), changed);
		assertThat(changed).containsExactlyInAnyOrder("email.value", "email.pending", "phone.value", "phone.pending");
		this.gateway.mocks().customerSystem().applyContactChangesLater(false);
		Set<String> sent = new TreeSet<>();
		collect("", Json.of(jan.send("POST", "/v1/messages", "{\"topic\":\"GENERAL\",\"text\":\"Pytanie\"}",
				"Idempotency-Key", UUID.randomUUID().toString())), sent);
		assertThat(sent).containsExactly("ticketNumber");
	}

	@Test
	void tellOfPaymentsNothingThatIsNotNamed() throws IOException {
		Payer jan = Payer.of(this.gateway, "jan");
		Set<String> payment = new TreeSet<>();
		JsonNode started = jan.started(Payer.JANS);
		collect("", started, payment);
		Set<String> expected = new TreeSet<>(
				Set.of("id", "state", "final", "redirectUrl", "createdAt", "validUntil", "documents[].id"));
		expected.add("documents[].state");
		for (String money : Set.of("amount", "fee", "total", "documents[].amount")) {
			expected.addAll(Set.of(money + ".amount", money + ".currency"));
		}
		assertThat(payment).isEqualTo(expected);
		Set<String> again = new TreeSet<>();
		collect("", jan.payment(started), again);
		assertThat(again).isEqualTo(expected);
		Set<String> archive = new TreeSet<>();
		collect("", Json.of(jan.phone().payments()), archive);
		assertThat(archive).isEqualTo(with("items[].",
				Set.of("id", "channel", "state", "amount.amount", "amount.currency", "fee.amount", "fee.currency", "on",
						"description", "documents[].id", "documents[].amount.amount", "documents[].amount.currency"),
				"state", "asOf"));
		Payer.begin(this.gateway);
		Set<String> link = new TreeSet<>();
		collect("", Json.of(jan.phone().payLink(Payer.JANS.getFirst())), link);
		assertThat(link).containsExactlyInAnyOrder("url", "expiresAt");
	}

	@Test
	void tellOfMetersAndReadingsNothingThatIsNotNamed() throws IOException {
		Set<String> meters = new TreeSet<>();
		Set<String> options = new TreeSet<>();
		Set<String> readings = new TreeSet<>();
		for (String persona : Set.of("anna", "jan", "tomek", "olga")) {
			Phone phone = this.gateway.signedIn(persona);
			JsonNode list = Json.of(phone.meters());
			collect("", list, meters);
			for (JsonNode meter : list.path("items")) {
				collect("", Json.of(phone.readingOptions(meter.path("id").asString())), options);
				collect("", Json.of(phone.readings(meter.path("id").asString())), readings);
			}
		}
		assertThat(meters)
			.isEqualTo(with("items[].", Set.of("id", "contractId", "medium", "serialNumber", "description",
					"registers[].id", "registers[].type", "registers[].zone", "registers[].unit"), "state", "asOf"));
		assertThat(options).isEqualTo(with("data.",
				Set.of("meterId", "contractId", "serialNumber", "available", "reason", "kind", "today", "opensOn",
						"closesOn", "registers[].id", "registers[].type", "registers[].zone", "registers[].unit",
						"registers[].integerPlaces", "registers[].decimalPlaces", "registers[].previousOn",
						"registers[].plausible.from", "registers[].plausible.to", "registers[].plausible.turnsOver"),
				"state", "asOf"));
		assertThat(readings).isEqualTo(with("items[].", Set.of("meterId", "on", "source", "kind", "state",
				"values[].register", "values[].value", "values[].use"), "state", "asOf"));
		Set<String> given = new TreeSet<>();
		collect("", Json.of(this.gateway.signedIn("anna")
			.read("000000000010000421", "answers", false,
					List.of(Map.entry("001", new BigDecimal("18400")), Map.entry("002", new BigDecimal("24950"))))),
				given);
		assertThat(given).containsExactlyInAnyOrder("id", "meterId", "on", "receivedAt", "source", "kind", "state",
				"values[].register", "values[].value", "amountDue.amount", "amountDue.currency", "invoiceId");
	}

	@Test
	void tellAnAppOfItselfNothingThatIsNotNamed() throws IOException {
		Set<String> all = new TreeSet<>();
		for (String version : Set.of("2.0", "3.0", "3.4.1")) {
			collect("", Json.of(this.gateway.phone().get("/v1/app/compatibility", "App-Version", version)), all);
		}
		assertThat(all).containsExactlyInAnyOrder("verdict", "message", "storeLink", "features[].name",
				"features[].state", "biometricsAvailable", "termsVersion", "contact.phone", "contact.formUrl");
		Set<String> problem = new TreeSet<>();
		collect("", Json.of(this.gateway.phone().get("/v1/home", "App-Version", "2.0")), problem);
		assertThat(problem).containsExactlyInAnyOrder("type", "title", "status", "detail", "code", "retryable",
				"requestId", "storeLink");
	}

	@Test
	void tellOfTheTermsAndOfANewSessionNothingThatIsNotNamed() throws IOException {
		Set<String> terms = new TreeSet<>();
		Phone phone = this.gateway.phone();
		collect("", Json.of(phone.get("/v1/terms/current")), terms);
		assertThat(terms).containsExactlyInAnyOrder("version", "validFrom", "link");
		Set<String> session = new TreeSet<>();
		collect("", Json.of(phone.signIn("anna@example.com", "Haslo-123!")), session);
		assertThat(session).containsExactlyInAnyOrder("accessToken", "tokenType", "expiresIn", "refreshToken",
				"sessionId", "deviceId", "next");
		assertThat(phone.acceptTerms().body()).isEmpty();
		Set<String> refreshed = new TreeSet<>();
		collect("", Json.of(phone.refresh()), refreshed);
		assertThat(refreshed).containsExactlyInAnyOrder("accessToken", "tokenType", "expiresIn", "refreshToken",
				"sessionId", "deviceId");
	}

	@Test
	void tellOfAccountsNothingThatIsNotNamed() throws IOException {
		Set<String> all = new TreeSet<>();
		Phone phone = this.gateway.phone();
		collect("", Json.of(phone.send("POST", "/v1/accounts", """
				{"email":"zofia.nowa@example.com","password":"Calkiem-Nowe-7","termsVersion":"2026-01"}""")), all);
		collect("", Json.of(phone.send("POST", "/v1/accounts/password-reset", "{\"email\":\"anna@example.com\"}")),
				all);
		assertThat(all).containsExactly("message");
		Set<String> problem = new TreeSet<>();
		collect("", Json.of(this.gateway.signedIn("anna").send("DELETE", "/v1/accounts/current", null)), problem);
		assertThat(problem).containsExactlyInAnyOrder("type", "title", "status", "detail", "code", "retryable",
				"requestId", "form", "phone");
	}

	@Test
	void tellOfDevicesAndFingerprintsNothingThatIsNotNamed() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		Fingerprint fingerprint = new Fingerprint(DeviceKey.generate());
		assertThat(fingerprint.enrol(phone).statusCode()).isEqualTo(204);
		Set<String> challenge = new TreeSet<>();
		collect("", Json.of(Fingerprint.challenge(phone, "SIGN_IN")), challenge);
		assertThat(challenge).containsExactlyInAnyOrder("challenge", "expiresAt");
		Set<String> tokens = new TreeSet<>();
		collect("", Json.of(fingerprint.signIn(phone)), tokens);
		assertThat(tokens).containsExactlyInAnyOrder("accessToken", "tokenType", "expiresIn", "refreshToken",
				"sessionId", "deviceId", "next");
		Set<String> devices = new TreeSet<>();
		collect("", Json.of(phone.get("/v1/devices")), devices);
		assertThat(devices).isEqualTo(with("items[].", Set.of("id", "name", "platform", "osVersion", "appVersion",
				"lastSeenAt", "hasPin", "hasBiometricKey", "current")));
	}

	@Test
	void areMadeOfAnswersThatHoldMore() throws IOException, InterruptedException {
		String credentials = Base64.getEncoder()
			.encodeToString("BRAMKA:local-technical-password".getBytes(StandardCharsets.UTF_8));
		URI invoices = URI.create(this.gateway.mocks().billing()
				+ "/sap/opu/odata/sap/ERP_UTILITIES_UMC/ContractAccounts('000200000421')/Invoices");
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpResponse<String> answer = client.send(HttpRequest.newBuilder(invoices)
				.header("Authorization", "Basic " + credentials)
				.header("Accept", "application/json")
				.build(), BodyHandlers.ofString());
			assertThat(Json.of(answer).at("/d/results/0").propertyNames()).contains("InvoiceText", "__metadata")
				.anyMatch((name) -> name.startsWith("Z"));
		}
	}

	private static Set<String> with(String prefix, Set<String> names, String... more) {
		Set<String> all = new TreeSet<>(Set.of(more));
		names.forEach((name) -> all.add(prefix + name));
		return all;
	}

	private static void collect(String path, JsonNode node, Set<String> paths) {
		if (node.isObject()) {
			node.forEachEntry((name, value) -> collect(path.isEmpty() ? name : path + "." + name, value, paths));
		}
		else if (node.isArray()) {
			node.forEach((each) -> collect(path + "[]", each, paths));
		}
		else {
			paths.add(path);
		}
	}

}
