package pl.bramka.gateway.account;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

class AccountDeletionTest {

	@Test
	void isUpToPeopleWhoAreNamed() throws IOException {
		try (TestGateway gateway = TestGateway.start()) {
			Phone anna = gateway.signedIn("anna");
			HttpResponse<String> answer = anna.send("DELETE", "/v1/accounts/current", null);
			Problems.assertProblem(answer, 403, "account-deletion-by-contact");
			assertThat(Json.of(answer).path("form").asString()).isEqualTo("https://www.bramka.example/kontakt");
			assertThat(Json.of(answer).path("phone").asString()).isEqualTo("+48 22 555 01 00");
			assertThat(form(anna)).isEqualTo("https://www.bramka.example/kontakt");
			assertThat(gateway.phone().send("DELETE", "/v1/accounts/current", null).statusCode()).isEqualTo(401);
			Path file = gateway.config().resolve("app-compatibility.yml");
			Files.writeString(file, Files.readString(file).replace("bramka.example/kontakt", "bramka.example/napisz"));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.until(() -> form(anna).equals("https://www.bramka.example/napisz"));
			assertThat(Json.of(anna.send("DELETE", "/v1/accounts/current", null)).path("form").asString())
				.isEqualTo("https://www.bramka.example/napisz");
		}
	}

	private static String form(Phone phone) throws IOException {
		return Json.of(phone.get("/v1/customer")).at("/data/contactForm").asString();
	}

}
