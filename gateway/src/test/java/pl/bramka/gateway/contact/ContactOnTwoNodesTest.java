package pl.bramka.gateway.contact;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.database.Columns;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes at two nodes on one real PostgreSQL, which look after what is not over.
 */
class ContactOnTwoNodesTest {

	private static final int ROUNDS = 10;

	private static TestPostgres postgres;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.start();
		List<String> settings = new ArrayList<>(postgres.settings());
		settings.addAll(List.of("bramka.access.recent-sign-in=1h", "bramka.access.token-lifetime=1h",
				"bramka.contact.look=100ms", "bramka.contact.look-again=100ms", "bramka.contact.doubt=3s",
				"bramka.contact.cache.fresh=1ms"));
		first = TestGateway.start(settings.toArray(String[]::new));
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		postgres.close();
	}

	@BeforeEach
	void everythingIsWell() {
		first.mocks().reset();
	}

	private static String id(String persona) {
		return first.mocks().personas().byName(persona).accountId();
	}

	private static List<ContactEntry> emails(String persona) {
		List<ContactEntry> entries = first.bean(CrmContacts.class)
			.entries(id(persona), ContactKind.EMAIL)
			.block(Duration.ofSeconds(10));
		return (entries != null) ? entries : List.of();
	}

	private static boolean isOver() {
		return first.bean(DatabaseClient.class)
			.sql("select kind from contact_change")
			.map((row) -> Columns.text(row, "kind"))
			.all()
			.collectList()
			.blockOptional(Duration.ofSeconds(10))
			.orElseThrow()
			.isEmpty();
	}

	private static int change(Phone phone, String email) throws Exception {
		return phone.send("PATCH", "/v1/customer/contact", "{\"email\":\"" + email + "\"}").statusCode();
	}

	@Test
	void leaveOneEntryThoughBothChangeItAtOnce() throws Exception {
		Phone here = first.signedIn("jan");
		Phone there = second.movedHere(here);
		first.mocks().faults().set(UpstreamName.CRM, Fault.slow(Duration.ofMillis(50)).onlyPath("Emails"));
		try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
			for (int round = 0; round < ROUNDS; round++) {
				String left = "left" + round + "@example.com";
				String right = "right" + round + "@example.com";
				Future<Integer> one = threads.submit(() -> change(here, left));
				Future<Integer> two = threads.submit(() -> change(there, right));
				assertThat(List.of(one.get(), two.get())).isSubsetOf(200, 409).contains(200);
				assertThat(emails("jan")).singleElement()
					.returns(true, ContactEntry::standard)
					.satisfies((entry) -> assertThat(entry.value()).isIn(left, right));
			}
		}
		assertThat(isOver()).isTrue();
	}

	@Test
	void showWhatIsPendingAndEndItByThemselves() throws Exception {
		Phone here = first.signedIn("anna");
		Phone there = second.movedHere(here);
		first.mocks().customerSystem().applyContactChangesLater(true);
		assertThat(change(here, "anna.nowa@example.com")).isEqualTo(202);
		assertThat(Json.of(there.get("/v1/customer")).at("/data/contact/data/email/pending").asString())
			.isEqualTo("anna.nowa@example.com");
		first.mocks().customerSystem().applyContactChangesLater(false);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(ContactOnTwoNodesTest::isOver);
		assertThat(emails("anna")).singleElement().returns("anna.nowa@example.com", ContactEntry::value);
		assertThat(Json.of(there.get("/v1/customer")).at("/data/contact/data/email").toString())
			.isEqualTo("{\"value\":\"anna.nowa@example.com\"}");
	}

}
