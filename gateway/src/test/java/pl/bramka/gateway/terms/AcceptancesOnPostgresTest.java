package pl.bramka.gateway.terms;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestPostgres;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on a real PostgreSQL: what is accepted at one holds at the other at once.
 */
class AcceptancesOnPostgresTest {

	private static TestPostgres postgres;

	private static TestGateway first;

	private static TestGateway second;

	@BeforeAll
	static void start() {
		postgres = TestPostgres.start();
		List<String> settings = new ArrayList<>(postgres.settings());
		settings.add("bramka.session.ended-look=200ms");
		first = TestGateway.start(settings.toArray(String[]::new));
		second = first.anotherNode();
	}

	@AfterAll
	static void stop() {
		second.close();
		first.close();
		postgres.close();
	}

	private static Phone due(TestGateway node, String persona) throws IOException {
		Phone phone = node.phone();
		assertThat(phone.signIn(persona + "@example.com", "Haslo-123!").body()).contains("ACCEPT_TERMS");
		return phone;
	}

	@Test
	void openTheSessionAtTheOtherNodeWithTheSameToken() throws IOException {
		Phone here = due(first, "anna");
		Phone there = second.movedHere(here);
		Problems.assertProblem(there.get("/v1/contracts"), 403, "terms-not-accepted");
		assertThat(here.acceptTerms().statusCode()).isEqualTo(201);
		assertThat(there.get("/v1/contracts").statusCode()).isEqualTo(200);
		assertThat(there.acceptTerms().statusCode()).isEqualTo(200);
		assertThat(there.refresh().statusCode()).isEqualTo(200);
		assertThat(there.get("/v1/contracts").statusCode()).isEqualTo(200);
	}

	@Test
	void areStoredOnceHoweverManyComeTogether() throws Exception {
		Phone here = due(first, "jan");
		Phone there = second.movedHere(here);
		AtomicInteger turn = new AtomicInteger();
		List<HttpResponse<String>> answers = Call.together(20, () -> ((turn.getAndIncrement() % 2 == 0) ? here : there)
			.send("POST", "/v1/terms/acceptances", "{\"version\":\"2026-01\"}"));
		assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 201);
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 201).hasSize(1);
	}

}
