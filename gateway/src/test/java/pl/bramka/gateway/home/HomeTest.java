package pl.bramka.gateway.home;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
		assertThat(home.propertyNames()).containsExactly("customer", "contracts", "balance", "invoices", "readings",
				"notices");
		assertThat(home.valueStream().map((section) -> section.path("state").asString())).containsOnly("FRESH");
		assertThat(home.path("customer").path("data").path("firstName").asString()).isEqualTo("Anna");
		assertThat(home.path("contracts").path("data")).hasSize(2);
		assertThat(home.path("balance").path("data").toString())
			.isEqualTo("{\"total\":{\"amount\":50137,\"currency\":\"PLN\"},\"media\":["
					+ "{\"medium\":\"ELECTRICITY\",\"total\":{\"amount\":21347,\"currency\":\"PLN\"}},"
					+ "{\"medium\":\"GAS\",\"total\":{\"amount\":28790,\"currency\":\"PLN\"}}],\"message\":\""
					+ home.at("/balance/data/message").asString() + "\"}");
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

	/** The no-break spaces of the amount are U+00A0. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			-                  | pl | 2 faktury do zapłaty, razem 501,37~zł, najbliższa do %s
			pl-PL              | pl | 2 faktury do zapłaty, razem 501,37~zł, najbliższa do %s
			de                 | pl | 2 faktury do zapłaty, razem 501,37~zł, najbliższa do %s
			en;q=              | pl | 2 faktury do zapłaty, razem 501,37~zł, najbliższa do %s
			en                 | en | 2 invoices to pay, PLN~501.37 in total, the next by %s
			de, en;q=0.5       | en | 2 invoices to pay, PLN~501.37 in total, the next by %s
			en-US, pl;q=0.9    | en | 2 invoices to pay, PLN~501.37 in total, the next by %s
			""")
	void saysWhatIsToBePaid(@Nullable String asked, String language, String expected) throws IOException {
		String[] headers = (asked != null) ? new String[] { "Accept-Language", asked } : new String[0];
		JsonNode home = Json.of(this.gateway.signedIn("anna").get("/v1/home", headers));
		LocalDate first = LocalDate.parse(home.at("/invoices/data/0/dueOn").asString());
		String day = first.format(DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.forLanguageTag(language)));
		assertThat(home.at("/balance/data/message").asString())
			.isEqualTo(expected.replace('~', '\u00a0').formatted(day));
	}

	@Test
	void saysThatADocumentIsLate() throws IOException {
		assertThat(Json.of(this.gateway.signedIn("jan").get("/v1/home", "Accept-Language", "en"))
			.at("/balance/data/message")
			.asString())
			.matches("\\d+ invoices? to pay, PLN\u00a0[0-9.,]+(, was| in total, the first was) due on"
					+ " \\d{1,2} [A-Z][a-z]+ \\d{4}");
	}

	@Test
	void hasAnotherTagInAnotherLanguage() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		String polish = phone.get("/v1/home").headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> english = phone.get("/v1/home", "Accept-Language", "en", "If-None-Match", polish);
		assertThat(english.statusCode()).isEqualTo(200);
		String tag = english.headers().firstValue("ETag").orElseThrow();
		assertThat(tag).isNotEqualTo(polish);
		assertThat(phone.get("/v1/home", "Accept-Language", "en", "If-None-Match", tag).statusCode()).isEqualTo(304);
		assertThat(phone.get("/v1/home", "If-None-Match", polish).statusCode()).isEqualTo(304);
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
