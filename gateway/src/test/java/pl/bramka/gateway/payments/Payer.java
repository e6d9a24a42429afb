package pl.bramka.gateway.payments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.operator.Payment;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who is signed in and pays.
 *
 * @param gateway the node the phone talks to
 * @param phone theirs
 */
public record Payer(TestGateway gateway, Phone phone) {

	/** What anna owes: electricity and gas. */
	public static final List<String> ANNAS = List.of("000400042151", "000400042251");

	/** What jan owes. */
	public static final List<String> JANS = List.of("000400043151");

	/** A persona on a new phone. */
	public static Payer of(TestGateway gateway, String persona) {
		return new Payer(gateway, gateway.signedIn(persona));
	}

	/** The same phone at another node. */
	public Payer at(TestGateway node) {
		return new Payer(node, node.movedHere(this.phone));
	}

	/** Nobody has paid anything, and the operator notifies this node. */
	public static void begin(TestGateway node) {
		node.mocks().reset();
		node.mocks().paymentOperator().notifyTo(URI.create(node.url() + "/v1/operator/notifications"));
		forget(node);
	}

	/**
	 * Nobody has paid anything, for this node and those that hear it. Whoever books at
	 * this moment holds a payment's row: either all of it is booked before anything goes,
	 * or nothing.
	 */
	public static void forget(TestGateway node) {
		Database database = node.bean(Database.class);
		List<String> tables = List.of("document_claim", "payment_document", "payment_attempt", "payment_difference",
				"payment", "idempotency_key");
		database.whole(database.sql("select id from payment for update")
			.map((row) -> true)
			.all()
			.then(Flux.fromIterable(tables).concatMap((table) -> database.sql("delete from " + table).then()).then()))
			.block(Duration.ofSeconds(10));
		node.mocks()
			.personas()
			.all()
			.forEach((persona) -> node.bean(Books.class).announce(persona.accountId()).block(Duration.ofSeconds(5)));
	}

	/** The id of a quote. */
	public String quote(List<String> documents) {
		HttpResponse<String> answer = call(() -> this.phone.quote(documents));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return Json.of(answer).get("id").asString();
	}

	/** Starts a payment under a new key. */
	public HttpResponse<String> pay(String quote) {
		return pay(quote, UUID.randomUUID().toString());
	}

	/** Starts a payment. */
	public HttpResponse<String> pay(String quote, String key) {
		return call(() -> this.phone.pay(quote, key));
	}

	/** A payment that was started. */
	public JsonNode started(List<String> documents) {
		HttpResponse<String> answer = pay(quote(documents));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
		return Json.of(answer);
	}

	/** The payment as it is now. */
	public JsonNode payment(JsonNode payment) {
		HttpResponse<String> answer = call(() -> this.phone.payment(payment.get("id").asString()));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return Json.of(answer);
	}

	/** The payment once it is in a state. */
	public JsonNode eventually(JsonNode payment, String state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> payment(payment).get("state").asString().equals(state));
		return payment(payment);
	}

	/** A document in the list. */
	public JsonNode document(String id) {
		HttpResponse<String> answer = call(() -> this.phone.get("/v1/invoices?limit=100"));
		assertThat(answer.statusCode()).isEqualTo(200);
		return Json.of(answer)
			.get("items")
			.valueStream()
			.filter((document) -> document.get("id").asString().equals(id))
			.findFirst()
			.orElseThrow();
	}

	/** Whatever else the phone asks. */
	public HttpResponse<String> call(Asking asking) {
		try {
			return asking.ask();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The order at the operator that was started last. */
	public Payment order() {
		return this.gateway.mocks().paymentOperator().payments().getLast();
	}

	/** A call of the phone. */
	@FunctionalInterface
	public interface Asking {

		HttpResponse<String> ask() throws IOException;

	}

}
