package pl.bramka.gateway.quotes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.Customers;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.invoices.Invoices;
import pl.bramka.gateway.keys.Seal;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemJson;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A quote that comes back: whether it is one of ours, and still what holds.
 */
@ExtendWith(RunningGateway.class)
class QuoteCheckTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final TestGateway gateway;

	private final Quotes quotes;

	QuoteCheckTest(TestGateway gateway) {
		this.gateway = gateway;
		this.quotes = gateway.bean(Quotes.class);
	}

	@BeforeEach
	void forgetEverything() {
		Customers.all(this.gateway).forEach((customer) -> this.gateway.bean(Invoices.class).drop(customer.id()));
	}

	private Customer customer(String persona) {
		String id = this.gateway.mocks().personas().byName(persona).accountId();
		return Customers.all(this.gateway)
			.stream()
			.filter((customer) -> customer.id().equals(id))
			.findFirst()
			.orElseThrow();
	}

	private Quote quote(String persona, String... documents) {
		return Objects
			.requireNonNull(this.quotes.quote(customer(persona), List.of(documents), Language.POLISH).block(PATIENCE));
	}

	private Quote check(String persona, String id) {
		return Objects.requireNonNull(this.quotes.check(customer(persona), id, Language.POLISH).block(PATIENCE));
	}

	private JsonNode refusal(String persona, String id) {
		Problem problem = catchThrowableOfType(Problem.class, () -> check(persona, id));
		return Json.of(new String(this.gateway.bean(ProblemJson.class).of(problem, Language.POLISH, "r-1"),
				StandardCharsets.UTF_8));
	}

	private void assertNoneOfOurs(String persona, String id) {
		JsonNode refusal = refusal(persona, id);
		assertThat(refusal.path("code").asString()).isEqualTo("invalid-request");
		assertThat(refusal.path("errors").toString()).isEqualTo("[{\"field\":\"quoteId\"}]");
	}

	@Test
	void holdsWhileNothingChanges() {
		Quote quote = quote("maria", "000400044251", "000400044151");
		this.gateway.mocks().reset();
		assertThat(check("maria", quote.id())).isEqualTo(quote);
		assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "/Invoices")).as("asked anew").hasSize(2);
		assertThat(this.gateway.mocks().received(UpstreamName.BILLING, "CommunicationPreferences")).hasSize(2);
	}

	@Test
	void isAnotherEachTimeAndTellsNothing() {
		Quote quote = quote("jan", "000400043151");
		assertThat(quote("jan", "000400043151").id()).isNotEqualTo(quote.id()).doesNotContain("000400043151");
		assertThat(quote.id().length()).isLessThan(1000);
	}

	@Test
	void fitsWithTheLargestBasket() {
		List<Promise.Part> parts = IntStream.range(0, 20)
			.mapToObj((i) -> new Promise.Part("X".repeat(20), Long.MAX_VALUE))
			.toList();
		QuoteIds ids = this.gateway.bean(QuoteIds.class);
		Customer jan = customer("jan");
		Promise promise = new Promise(jan.id(), Instant.parse("2026-11-25T10:00:00Z"), 100_000, false, parts);
		assertThat(ids.open(jan, ids.of(promise))).isEqualTo(promise);
	}

	@Test
	void isRefusedIfAnythingOfItWasChanged() {
		String id = quote("jan", "000400043151").id();
		this.gateway.mocks().reset();
		for (int i = 0; i < id.length(); i += 7) {
			char other = (id.charAt(i) == 'A') ? 'B' : 'A';
			assertNoneOfOurs("jan", id.substring(0, i) + other + id.substring(i + 1));
		}
		for (String none : List.of("", ".", "....", "x", "a".repeat(5000), id.substring(1), id + "A", id + "." + id)) {
			assertNoneOfOurs("jan", none);
		}
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void isRefusedToAnotherCustomer() {
		String id = quote("anna", "000400042151").id();
		this.gateway.mocks().reset();
		assertNoneOfOurs("jan", id);
		assertThat(this.gateway.asked()).isEmpty();
	}

	@Test
	void isNothingElseThatWasSealed() throws IOException {
		Promise promise = new Promise(customer("jan").id(), Instant.now().plusSeconds(60), 0, true,
				List.of(new Promise.Part("000400043151", 1)));
		Seal seal = this.gateway.bean(Seal.class);
		String text = Json.text(promise);
		assertNoneOfOurs("jan", seal.close(text));
		assertNoneOfOurs("jan", seal.closeAs("pay-link", text));
		assertNoneOfOurs("jan", Seal.closeFor(text, new byte[32]));
		assertNoneOfOurs("jan", seal.closeAs("quote", "{}"));
		assertNoneOfOurs("jan", seal.closeAs("quote", "nonsense"));
		assertThat(refusal("jan", seal.closeAs("quote", text)).path("code").asString()).isEqualTo("quote-outdated");
	}

	@Test
	void isOutdatedOnceTheEInvoiceIsSwitched() throws IOException {
		Phone anna = this.gateway.signedIn("anna");
		Quote free = quote("anna", "000400042151", "000400042251");
		assertThat(free.free()).isTrue();
		assertThat(anna.send("PUT", "/v1/contracts/0030000422/e-invoice", "{\"enabled\":false}").statusCode())
			.isEqualTo(200);
		JsonNode outdated = refusal("anna", free.id());
		assertThat(outdated.path("code").asString()).isEqualTo("quote-outdated");
		assertThat(outdated.at("/quote/fee/amount").asLong()).isEqualTo(150);
		assertThat(outdated.at("/quote/documents/1/missing").toString()).isEqualTo("[\"E_INVOICE\"]");
		String next = outdated.at("/quote/id").asString();
		assertThat(check("anna", next).fee().amount()).isEqualTo(150);
		assertThat(anna.send("PUT", "/v1/contracts/0030000422/e-invoice", "{\"enabled\":true}").statusCode())
			.isEqualTo(200);
		assertThat(refusal("anna", next).at("/quote/free").asBoolean()).as("cheaper is different, too").isTrue();
		assertThat(check("anna", free.id()).free()).isTrue();
	}

	@Test
	void namesADocumentThatWasPaidElsewhere() {
		String id = quote("anna", "000400042151", "000400042251").id();
		this.gateway.mocks().billingSystem().pay("000400042251");
		JsonNode refusal = refusal("anna", id);
		assertThat(refusal.path("code").asString()).isEqualTo("document-not-payable");
		assertThat(refusal.path("documents").toString()).isEqualTo("[{\"id\":\"000400042251\",\"reason\":\"PAID\"}]");
	}

}
