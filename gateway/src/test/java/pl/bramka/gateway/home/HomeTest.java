package pl.bramka.gateway.home;

import java.io.IOException;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class HomeTest {

	private final TestGateway gateway;

	HomeTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	@Test
	void joinsAllSections() throws IOException {
		JsonNode home = Json.of(this.gateway.signedIn("anna").get("/v1/home"));
		assertThat(home.propertyNames()).containsExactly("customer", "contracts", "balance", "invoices", "notices");
		assertThat(home.valueStream().map((section) -> section.path("state").asString())).containsOnly("FRESH");
		assertThat(home.path("customer").path("data").path("firstName").asString()).isEqualTo("Anna");
		assertThat(home.path("contracts").path("data")).hasSize(2);
		assertThat(home.path("balance").path("data").toString())
			.isEqualTo("{\"total\":{\"amount\":50137,\"currency\":\"PLN\"},\"media\":["
					+ "{\"medium\":\"ELECTRICITY\",\"total\":{\"amount\":21347,\"currency\":\"PLN\"}},"
					+ "{\"medium\":\"GAS\",\"total\":{\"amount\":28790,\"currency\":\"PLN\"}}]}");
		assertThat(home.path("notices").path("data").toString()).isEqualTo("[]");
		assertThat(home.path("invoices").path("data").valueStream().map((invoice) -> invoice.path("id").asString()))
			.containsExactly("000400042151", "000400042251");
	}

	@Test
	void showsNothingOfADistributionContract() throws IOException {
		HttpResponse<String> answer = this.gateway.signedIn("piotr").get("/v1/home");
		assertThat(Json.of(answer).path("balance").path("data").path("total").path("amount").asLong()).isEqualTo(30215);
		assertThat(answer.body()).doesNotContainIgnoringCase("niewidoczn").doesNotContain("777").doesNotContain("0452");
	}

	@Test
	void showsAsManyDueDocumentsAsFit() throws IOException {
		JsonNode due = Json.of(this.gateway.signedIn("tomek").get("/v1/home")).path("invoices").path("data");
		assertThat(due.size()).isBetween(1, 3);
	}

	@Test
	void isNotModifiedByAge() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String tag = phone.get("/v1/home").headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> pulled = phone.get("/v1/home", "Cache-Control", "no-cache", "If-None-Match", tag);
		assertThat(pulled.statusCode()).isEqualTo(304);
		assertThat(pulled.headers().firstValue("Cache-Control")).contains("private, no-cache");
	}

	@Test
	void showsTheProfileAlone() throws IOException {
		JsonNode customer = Json.of(this.gateway.signedIn("jan").get("/v1/customer"));
		assertThat(customer.path("state").asString()).isEqualTo("FRESH");
		assertThat(customer.path("data").path("firstName").asString()).isEqualTo("Jan");
	}

}
