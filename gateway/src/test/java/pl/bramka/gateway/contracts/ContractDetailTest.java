package pl.bramka.gateway.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.freshness.Drops;
import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.ContractType;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Premise;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One contract with the place it delivers to.
 */
@ExtendWith(RunningGateway.class)
class ContractDetailTest {

	private static final String ANNAS = "0030000421";

	private final TestGateway gateway;

	ContractDetailTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private static JsonNode shown(Phone phone, String contract) throws IOException {
		HttpResponse<String> answer = phone.get("/v1/contracts/" + contract);
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer).path("data");
	}

	private static HttpResponse<String> detail(Phone phone) {
		try {
			return phone.get("/v1/contracts/" + ANNAS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void forget(String persona) {
		this.gateway.bean(Drops.class)
			.everywhere("premises", this.gateway.mocks().personas().byName(persona).accountId())
			.block(Duration.ofSeconds(5));
	}

	private List<String> asked() {
		return this.gateway.asked()
			.stream()
			.filter((call) -> call.contains("/Premises(") || call.contains("/PointOfDeliveries("))
			.toList();
	}

	@Test
	void showsAddressAndPointOfDelivery() throws IOException {
		JsonNode contract = shown(this.gateway.signedIn("anna"), ANNAS);
		assertThat(contract.path("premise").toString())
			.isEqualTo("{\"address\":\"Lipowa 7/3, 44-100 Gliwice\",\"city\":\"Gliwice\",\"postalCode\":\"44-100\","
					+ "\"street\":\"Lipowa\",\"houseNo\":\"7\",\"roomNo\":\"3\"}");
		assertThat(contract.path("pointOfDelivery").asString()).isEqualTo("590322400000004216");
		assertThat(contract.path("eInvoice").asBoolean()).isTrue();
		assertThat(contract.path("tariff").asString()).isEqualTo("G12");
		assertThat(shown(this.gateway.signedIn("maria"), "0030000441").path("premise").propertyNames())
			.containsExactly("address", "city", "postalCode", "street", "houseNo");
	}

	@ParameterizedTest
	@ValueSource(strings = { "anna", "jan", "maria", "piotr", "tomek", "olga" })
	void showsOfEachContractItsOwn(String name) throws IOException {
		Persona persona = this.gateway.mocks().personas().byName(name);
		Phone phone = this.gateway.signedIn(name);
		forget(name);
		for (int round = 0; round < 2; round++) {
			for (Contract contract : persona.contracts()) {
				if (contract.type() == ContractType.DISTRIBUTION) {
					continue;
				}
				Premise premise = contract.premise();
				JsonNode shown = shown(phone, contract.id());
				assertThat(shown.path("id").asString()).isEqualTo(contract.id());
				assertThat(shown.path("pointOfDelivery").asString()).isEqualTo(contract.ppe());
				assertThat(shown.at("/premise/address").asString()).isEqualTo(premise.shortForm());
				assertThat(shown.at("/premise/city").asString()).isEqualTo(premise.city());
				assertThat(shown.at("/premise/street").asString()).isEqualTo(premise.street());
				assertThat(shown.at("/premise/houseNo").asString()).isEqualTo(premise.houseNo());
				assertThat(shown.at("/premise/roomNo").asString(""))
					.isEqualTo((premise.roomNo() != null) ? premise.roomNo() : "");
			}
		}
	}

	@Test
	void asksNothingAboutADistributionContract() throws IOException {
		Phone piotr = this.gateway.signedIn("piotr");
		piotr.get("/v1/contracts");
		this.gateway.rest();
		Problems.assertProblem(piotr.get("/v1/contracts/0030000452"), 404, "contract-not-found");
		Problems.assertProblem(piotr.get("/v1/contracts/" + ANNAS), 404, "contract-not-found");
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void asksOnceForAPlaceOfTwoContracts() throws IOException {
		Phone anna = this.gateway.signedIn("anna");
		forget("anna");
		shown(anna, ANNAS);
		shown(anna, "0030000422");
		shown(anna, ANNAS);
		assertThat(asked()).hasSize(3)
			.filteredOn((call) -> call.contains("Premises("))
			.singleElement()
			.asString()
			.contains("/Premises('0050000042')?sap-language=PL");
	}

	@Test
	void asksAnewWhenItIsDropped() throws IOException {
		Phone anna = this.gateway.signedIn("anna");
		shown(anna, ANNAS);
		this.gateway.rest();
		shown(anna, ANNAS);
		assertThat(asked()).isEmpty();
		forget("anna");
		shown(anna, ANNAS);
		assertThat(asked()).hasSize(2);
	}

	@Test
	void asksForEverythingAtOnce() throws IOException {
		Phone anna = this.gateway.signedIn("anna");
		shown(anna, ANNAS);
		forget("anna");
		// None is answered, nor given up for three seconds.
		for (UpstreamName upstream : List.of(UpstreamName.BILLING, UpstreamName.CRM)) {
			this.gateway.mocks().faults().set(upstream, Fault.blackHole());
		}
		CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> detail(anna));
		Awaitility.await()
			.atMost(Duration.ofMillis(2800))
			.until(() -> Stream.of("/Premises(", "/PointOfDeliveries(", "CommunicationPreferences")
				.allMatch((each) -> this.gateway.asked().stream().anyMatch((call) -> call.contains(each))));
		assertThat(answer).isNotDone();
		this.gateway.mocks().faults().clearAll();
		answer.join();
	}

	@Test
	void isShownFromMemoryWhileBillingAndCrmAreDown() throws IOException {
		Phone anna = this.gateway.signedIn("anna");
		shown(anna, ANNAS);
		this.gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE).onlyPath("Premises"));
		this.gateway.mocks()
			.faults()
			.set(UpstreamName.CRM, Fault.of(FaultKind.UNAVAILABLE).onlyPath("PointOfDeliveries"));
		assertThat(shown(anna, ANNAS).propertyNames()).contains("premise", "pointOfDelivery");
	}

	@Test
	void isNotModifiedWhileItsPlaceIsTheSame() throws IOException {
		Phone anna = this.gateway.signedIn("anna");
		String tag = anna.get("/v1/contracts/" + ANNAS).headers().firstValue("ETag").orElseThrow();
		forget("anna");
		assertThat(anna.get("/v1/contracts/" + ANNAS, "If-None-Match", tag).statusCode()).isEqualTo(304);
	}

	@Test
	void isNoPartOfTheList() throws IOException {
		this.gateway.mocks().reset();
		assertThat(this.gateway.signedIn("anna").get("/v1/contracts").body()).doesNotContain("premise", "44-100",
				"pointOfDelivery", "5903", "0050000042");
		assertThat(asked()).isEmpty();
	}

}
