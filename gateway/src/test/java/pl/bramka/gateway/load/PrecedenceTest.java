package pl.bramka.gateway.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.personas.Crowd;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/** Everybody looks at once while CRM is slow, and somebody wants to sign in. */
class PrecedenceTest {

	private static final int CUSTOMERS = 20;

	@Test
	void whoSignsInFindsAPlaceWhereOthersFindNone() throws Exception {
		try (TestGateway gateway = TestGateway.startFor(Personas.load(Clock.systemUTC(), CUSTOMERS),
				"bramka.upstreams.crm.concurrency=20", "bramka.contracts.cache.fresh=1ms",
				"bramka.upstreams.crm.read-timeout=12s", "bramka.upstreams.crm.try-limit=12s",
				"bramka.deadline.limit=30s")) {
			List<Phone> phones = IntStream.range(0, CUSTOMERS)
				.mapToObj((i) -> gateway.signedIn(Crowd.name(i)))
				.toList();
			gateway.mocks().faults().set(UpstreamName.CRM, Fault.slow(Duration.ofSeconds(5)));
			List<CompletableFuture<HttpResponse<String>>> looking = phones.stream()
				.map((phone) -> CompletableFuture.supplyAsync(() -> contracts(phone),
						(call) -> Thread.ofVirtual().start(call)))
				.toList();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.pollInterval(Duration.ofMillis(5))
				.until(() -> full(gateway) >= 2);
			assertThat(gateway.bean(MeterRegistry.class)
				.get(Names.UPSTREAM_UNDER_WAY)
				.tag("upstream", "crm")
				.gauge()
				.value()).isEqualTo(18);
			assertThat(gateway.phone().signIn("anna@example.com", "Haslo-123!").statusCode()).isEqualTo(201);
			List<Integer> statuses = looking.stream().map((each) -> each.join().statusCode()).toList();
			assertThat(statuses).filteredOn((status) -> status == 200).hasSize(18);
			assertThat(statuses).filteredOn((status) -> status == 503).hasSize(2);
			assertThat(full(gateway)).isEqualTo(2);
		}
	}

	/** How many calls of CRM found no place. */
	private static long full(TestGateway gateway) {
		return gateway.bean(MeterRegistry.class)
			.find(Names.UPSTREAM_CALLS)
			.tag("upstream", "crm")
			.tag("outcome", "bulkhead_full")
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	private static HttpResponse<String> contracts(Phone phone) {
		try {
			return phone.get("/v1/contracts");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
