package pl.bramka.gateway;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import pl.bramka.mocks.personas.Crowd;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A hundred customers who ask for everything at once, from memory and past it: no answer
 * holds a number or a name of another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyCustomersTest {

	/** In all; a million in full. */
	private static final int REQUESTS = Integer.getInteger("bramka.test.mixed-requests", 2000);

	private static final int CUSTOMERS = 100;

	private static final int AT_ONCE = 16;

	/** What names somebody in an answer: any long number, and the canary in a name. */
	private static final Pattern TELLING = Pattern.compile("\\d{8,18}|kanarek\\d{3}");

	private final List<Customer> customers = new ArrayList<>();

	/** Whose a number or name is. */
	private final Map<String, String> owners = new HashMap<>();

	private TestGateway gateway;

	/** One of them, and what they ask. */
	private record Customer(String canary, Phone phone, List<String> paths) {
	}

	@BeforeAll
	void start() throws IOException {
		List<String> files = Crowd.files(CUSTOMERS);
		this.gateway = TestGateway.startFor(Personas.parse(Clock.systemUTC(), files),
				// Much is loaded anew, much comes from memory, and much joins a load.
				"bramka.invoices.cache.fresh=1s", "bramka.meters.cache.fresh=1s", "bramka.contact.cache.fresh=50ms",
				"bramka.contracts.cache.fresh=3s", "bramka.account.cache.fresh=3s", "bramka.consumption.cache.fresh=3s",
				"bramka.premises.cache.fresh=3s", "bramka.access.token-lifetime=1h",
				"bramka.upstreams.billing.concurrency=1000", "bramka.upstreams.crm.concurrency=1000");
		for (int i = 0; i < CUSTOMERS; i++) {
			this.customers.add(customer(i, files.get(i)));
		}
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	private Customer customer(int index, String file) throws IOException {
		String canary = Crowd.lastName(index);
		TELLING.matcher(file).results().forEach((found) -> {
			String before = this.owners.put(found.group(), canary);
			assertThat(before).as(found.group()).isIn(null, canary);
		});
		Phone phone = this.gateway.signedIn(Crowd.name(index));
		List<String> paths = new ArrayList<>(List.of("/v1/home", "/v1/customer", "/v1/contracts", "/v1/invoices",
				"/v1/invoices?state=OPEN&limit=3", "/v1/meters", "/v1/payments"));
		Json.of(phone.get("/v1/contracts")).get("items").forEach((contract) -> {
			String path = "/v1/contracts/" + contract.get("id").asString();
			paths.addAll(List.of(path, path + "/consumption?from=2026-01-01&to=2026-06-30&granularity=MONTH"));
		});
		Json.of(phone.get("/v1/meters")).get("items").forEach((meter) -> {
			String path = "/v1/meters/" + meter.get("id").asString();
			paths.addAll(List.of(path + "/readings", path + "/reading-options"));
		});
		paths.add("/v1/invoices/" + Json.of(phone.get("/v1/invoices")).at("/items/0/id").asString());
		return new Customer(canary, phone, paths);
	}

	@Test
	void areToldNothingOfEachOther() throws Exception {
		AtomicInteger next = new AtomicInteger();
		AtomicInteger good = new AtomicInteger();
		Call.together(AT_ONCE, () -> {
			int request = next.getAndIncrement();
			while (request < REQUESTS) {
				// Neighbours in time are of different customers, and each comes to all
				// paths.
				Customer customer = this.customers.get((request * 37) % CUSTOMERS);
				List<String> paths = customer.paths();
				String path = paths.get((request / CUSTOMERS + request) % paths.size());
				HttpResponse<String> answer = (request % 11 == 0)
						? customer.phone().get(path, "Cache-Control", "no-cache") : customer.phone().get(path);
				check(customer, path, answer);
				if (answer.statusCode() == 200) {
					good.incrementAndGet();
				}
				request = next.getAndIncrement();
			}
			return true;
		});
		assertThat(good.get()).as("a busy machine lets some go").isGreaterThan(REQUESTS * 9 / 10);
	}

	/** Ids of 10, 12 and 18 figures that no file names are made of one that does. */
	private String owner(String telling, Customer otherwise) {
		String owner = this.owners.get(telling);
		if (owner != null) {
			return owner;
		}
		boolean made = telling.startsWith("00") && List.of(10, 12, 18).contains(telling.length());
		return made ? "kanarek" + telling.substring(2, 5) : otherwise.canary();
	}

	private void check(Customer customer, String path, HttpResponse<String> answer) {
		assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
		TELLING.matcher(answer.body()).results().forEach((found) -> {
			assertThat(owner(found.group(), customer)).as(path + ": " + found.group()).isEqualTo(customer.canary());
		});
		if (answer.statusCode() == 200 && path.equals("/v1/home")
				&& answer.body().contains("\"customer\":{\"state\":\"FRESH\"")) {
			assertThat(answer.body()).contains(customer.canary());
		}
	}

}
