package pl.bramka.gateway.contracts;

import java.io.IOException;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class ContractsTest {

	private final TestGateway gateway;

	ContractsTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@Test
	void showsContracts() throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("anna").get("/v1/contracts");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-cache");
		JsonNode body = Json.of(answer);
		assertThat(body.path("state").asString()).isEqualTo("FRESH");
		assertThat(body.path("asOf").asString()).endsWith("Z");
		assertThat(body.path("items")).hasSize(2);
		JsonNode electricity = body.path("items").get(0);
		assertThat(electricity.path("id").asString()).isEqualTo("0030000421");
		assertThat(electricity.path("kind").asString()).isEqualTo("COMPREHENSIVE");
		assertThat(electricity.path("medium").asString()).isEqualTo("ELECTRICITY");
		assertThat(electricity.path("tariff").asString()).isEqualTo("G12");
		assertThat(electricity.path("telerachunek").asBoolean()).isTrue();
		assertThat(electricity.path("contractAccountId").asString()).isEqualTo("000200000421");
		assertThat(electricity.path("invoicesAvailable").asBoolean()).isTrue();
		assertThat(electricity.path("priceGuaranteeUntil").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
	}

	@Test
	void showsNothingOfADistributionContract() throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("piotr").get("/v1/contracts");
		assertThat(Json.of(answer).path("items")).hasSize(1);
		assertThat(answer.body()).doesNotContainIgnoringCase("niewidoczn")
			.doesNotContain("0452")
			.doesNotContain("DISTRIBUTION");
	}

	@Test
	void showsOneContract() throws IOException {
		JsonNode body = Json.of(this.gateway.signedIn("piotr").get("/v1/contracts/0030000451"));
		assertThat(body.path("state").asString()).isEqualTo("FRESH");
		assertThat(body.path("data").path("id").asString()).isEqualTo("0030000451");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0030000452", "0030000421", "30000451", "nonsense", "'%20or%20'1'%20eq%20'1" })
	void answersTheSameForEveryContractThatIsNotTheirs(String id) throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("piotr").get("/v1/contracts/" + id);
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(Json.code(answer)).isEqualTo("contract-not-found");
		assertThat(answer.headers().firstValue("ETag")).isEmpty();
		assertThat(answer.body()).doesNotContain(id);
	}

	@Test
	void isNotModifiedUntilItsContentIs() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String tag = phone.get("/v1/contracts").headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> again = phone.get("/v1/contracts", "If-None-Match", tag);
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(again.headers().firstValue("ETag")).contains(tag);
		assertThat(phone.get("/v1/contracts", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
	}

	@Test
	void needsASession() throws IOException {
		assertThat(this.gateway.phone().get("/v1/contracts").statusCode()).isEqualTo(401);
	}

}
