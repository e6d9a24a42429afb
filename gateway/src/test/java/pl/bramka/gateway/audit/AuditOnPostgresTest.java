package pl.bramka.gateway.audit;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.keys.Pseudonyms;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The audit trail in a real PostgreSQL that two nodes share.
 */
class AuditOnPostgresTest {

	private static final int OLD = 300;

	@Test
	void isOneForAllNodesAndTidiedByAll() throws Exception {
		try (TestPostgres postgres = TestPostgres.start()) {
			List<String> settings = new ArrayList<>(postgres.settings());
			settings.addAll(List.of("bramka.audit.tidy=50ms", "bramka.audit.batch=7"));
			try (TestGateway first = TestGateway.start(settings.toArray(String[]::new));
					TestGateway second = first.anotherNode()) {
				Phone anna = first.signedIn("anna");
				second.movedHere(anna).refresh();
				String who = first.bean(Pseudonyms.class).of(first.mocks().personas().byName("anna").accountId());
				assertThat(events(first, who)).isEqualTo(events(second, who))
					.containsExactly("refresh", "terms-accepted", "sign-in");
				RecordedEvents rows = first.bean(RecordedEvents.class);
				for (int i = 0; i < OLD; i++) {
					rows.add(new RecordedEvent(Instant.now().minus(Duration.ofDays(91)), "sign-in", "done", who,
							"device", "request"))
						.block(Duration.ofSeconds(20));
				}
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> events(second, who).size() == 3);
				assertThat(events(first, who)).containsExactly("refresh", "terms-accepted", "sign-in");
			}
		}
	}

	private static List<String> events(TestGateway gateway, String who) throws IOException {
		return Json.of(Call.get(gateway.managementUrl(), "/actuator/securityevents/" + who + "?limit=1000").send())
			.path("events")
			.valueStream()
			.map((event) -> event.path("event").asString())
			.toList();
	}

}
