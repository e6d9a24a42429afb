package pl.bramka.gateway.docs;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway with an operation that is retired, and one at a path beside it that is not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetiredTest {

	private TestGateway gateway;

	@BeforeAll
	void start() {
		this.gateway = Description.start((context) -> context.registerBean(Old.class, () -> new Old()));
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	private static void assertSaysSo(HttpResponse<String> answer) {
		assertThat(answer.headers().allValues("Deprecation")).containsExactly("@1788220800");
		assertThat(answer.headers().allValues("Sunset")).containsExactly("Tue, 01 Sep 2026 00:00:00 GMT");
		assertThat(answer.headers().allValues("Link")).containsExactly("</v1/contracts>; rel=\"successor-version\"");
	}

	private static void assertSaysNothing(HttpResponse<String> answer) {
		assertThat(answer.headers().map()).doesNotContainKeys("Deprecation", "Sunset", "Link");
	}

	@Test
	void saysSoInEveryAnswer() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		HttpResponse<String> good = phone.get("/v1/test-only/1");
		assertThat(good.statusCode()).isEqualTo(200);
		assertSaysSo(good);
		HttpResponse<String> missing = phone.get("/v1/test-only/2");
		Problems.assertProblem(missing, 404, "contract-not-found");
		assertSaysSo(missing);
		HttpResponse<String> stranger = this.gateway.phone().get("/v1/test-only/1");
		Problems.assertProblem(stranger, 401, "unauthenticated");
		assertSaysSo(stranger);
		assertSaysSo(Call.get(this.gateway.url(), "/v1/test-only/1").header("Authorization", "DPoP x").send());
	}

	@Test
	void isSaidOfNothingElse() throws IOException {
		Phone phone = this.gateway.signedIn("anna");
		assertSaysNothing(phone.get("/v1/test-only/current"));
		assertSaysNothing(phone.send("DELETE", "/v1/test-only/1", null));
		assertSaysNothing(phone.send("PUT", "/v1/test-only/1", "{}"));
		assertSaysNothing(phone.get("/v1/contracts"));
		assertSaysNothing(phone.get("/v1/nothing"));
	}

	@Test
	void isSaidInTheDescription() {
		JsonNode paths = JsonMapper.builder().build().readTree(Description.of(this.gateway)).get("paths");
		JsonNode retired = paths.at("/~1v1~1test-only~1{id}/get");
		assertThat(retired.get("deprecated").asBoolean()).isTrue();
		assertThat(retired.get("responses")).allSatisfy((answer) -> assertThat(answer.get("headers").propertyNames())
			.contains("Deprecation", "Sunset", "Link"));
		assertThat(paths.at("/~1v1~1test-only~1{id}/delete").has("deprecated")).isFalse();
		assertThat(paths.at("/~1v1~1test-only~1current/get").has("deprecated")).isFalse();
	}

	/**
	 * An inner class, so that no other gateway finds it when it looks for controllers.
	 */
	@RestController
	@SuppressWarnings("ClassCanBeStatic")
	final class Old {

		@GetMapping("/v1/test-only/{id}")
		@Retired(since = "2026-09-01", sunset = "2026-09-01", successor = "/v1/contracts")
		ResponseEntity<Map<String, String>> old(@AuthenticationPrincipal Customer customer, @PathVariable String id) {
			if (!id.equals("1")) {
				throw Problem.of(ProblemCode.CONTRACT_NOT_FOUND);
			}
			return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Map.of("id", id));
		}

		@GetMapping("/v1/test-only/current")
		ResponseEntity<Map<String, String>> current(@AuthenticationPrincipal Customer customer) {
			return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Map.of("id", "current"));
		}

		@DeleteMapping("/v1/test-only/{id}")
		ResponseEntity<Void> end(@AuthenticationPrincipal Customer customer, @PathVariable String id) {
			return ResponseEntity.noContent().build();
		}

	}

}
