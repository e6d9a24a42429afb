package pl.bramka.gateway.docs;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract with apps: what the code says of itself is what is recorded and served,
 * and nothing of it breaks an app that was built of what is released.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractTest {

	private static final Path RECORDED = Path.of("../config/contract/openapi.json");

	private static final Path RELEASED = Path.of("../config/contract/released.json");

	private static final String COMMAND = "mvn -B -ntp -pl mocks,gateway test -Dtest=ContractTest"
			+ " -Dsurefire.failIfNoSpecifiedTests=false -Dbramka.contract.record=true";

	private TestGateway gateway;

	private String document;

	@BeforeAll
	void describe() {
		this.gateway = Description.start((context) -> {
		});
		this.document = Description.of(this.gateway);
	}

	@AfterAll
	void stop() {
		this.gateway.close();
	}

	/** What is served was copied before it may be recorded anew. */
	@Test
	void isRecordedAndBreaksNoApp() throws IOException {
		assertThat(served()).isEqualTo(Files.readString(RECORDED));
		Recording asked = Recording.asked();
		assertThat(asked.refusals(Files.readString(RELEASED), this.document))
			.as("would break apps that were built of config/contract/released.json; see \"The contract\" in README.md")
			.isEmpty();
		if (asked.writesRecorded()) {
			Files.writeString(RECORDED, this.document);
		}
		if (asked.writesReleased()) {
			Files.writeString(RELEASED, this.document);
		}
		assertThat(Differences.between(Files.readString(RECORDED), this.document))
			.as("the code is not what config/contract/openapi.json says. If this is what you want: %s", COMMAND)
			.isEmpty();
	}

	private String served() throws IOException {
		return Call.get(this.gateway.url(), "/v1/openapi.json").send().body();
	}

	@Test
	void hasWordsForEverything() {
		List<String> speechless = new ArrayList<>();
		JsonNode root = JsonMapper.builder().build().readTree(this.document);
		root.get("paths").forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
			need(operation, "summary", path + " " + method, speechless);
			operation.path("parameters")
				.forEach((parameter) -> need(parameter, "description", path + " " + parameter, speechless));
			if (operation.has("requestBody")) {
				need(operation.get("requestBody"), "description", path + " " + method + " body", speechless);
			}
			operation.path("responses")
				.forEachEntry((status, answer) -> need(answer, "description", path + " " + status, speechless));
		}));
		root.at("/components/schemas").forEachEntry((name, schema) -> {
			need(schema, "description", name, speechless);
			schema.path("properties")
				.forEachEntry((member, one) -> need(one, "description", name + "." + member, speechless));
		});
		assertThat(speechless).as("write javadoc: apps read it").isEmpty();
	}

	private static void need(JsonNode node, String member, String where, List<String> speechless) {
		if (!node.has("$ref") && node.path(member).asString("").isBlank()) {
			speechless.add(where);
		}
	}

	@Test
	void namesEveryOperationAndShapeOnce() {
		JsonNode root = JsonMapper.builder().build().readTree(this.document);
		assertThat(root.findValuesAsString("operationId")).doesNotHaveDuplicates()
			.allSatisfy((name) -> assertThat(name).doesNotContain("_"));
		assertThat(root.at("/components/schemas").propertyNames())
			.allSatisfy((name) -> assertThat(name).matches("[A-Z][A-Za-z]+").doesNotContain("List" + "Of"));
	}

	@Test
	void holdsEveryProblemOfTheCatalogue() {
		JsonNode root = JsonMapper.builder().build().readTree(this.document);
		for (ProblemCode code : ProblemCode.values()) {
			assertThat(root.at("/components/schemas/ProblemCode/enum").toString()).contains('"' + code.code() + '"');
			assertThat(root.at("/components/schemas/ProblemCode/description").asString())
				.contains("`" + code.code() + "`");
			assertThat(root.at("/components/examples/" + code.code() + "/value/status").asInt())
				.isEqualTo(code.status().value());
		}
	}

	/** What is said to need a session does, and nothing else. */
	@Test
	void saysWhichCallsNeedASession() {
		JsonNode root = JsonMapper.builder().build().readTree(this.document);
		root.get("paths").forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
			boolean session = operation.path("security").path(0).has("accessToken");
			assertThat(codeWithoutASession(method, path).equals("unauthenticated")).as(method + " " + path)
				.isEqualTo(session);
		}));
	}

	private String codeWithoutASession(String method, String path) {
		try {
			return Json.code(this.gateway.phone()
				.send(method.toUpperCase(Locale.ROOT), path.replaceAll("\\{.*?}", "x"),
						method.equals("get") || method.equals("delete") ? null : "{}"));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void isNotSentAgainToWhoHasIt() throws IOException {
		HttpResponse<String> first = Call.get(this.gateway.url(), "/v1/openapi.json").send();
		assertThat(first.headers().firstValue("Cache-Control")).contains("max-age=300, public");
		String tag = first.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> again = Call.get(this.gateway.url(), "/v1/openapi.json")
			.header("If-None-Match", tag)
			.send();
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
	}

	@Test
	void isTheSameForEverybody() throws IOException {
		assertThat(served()).doesNotContain("localhost", "bramka.test");
		assertThat(this.gateway.signedIn("anna").get("/v1/openapi.json").body()).isEqualTo(served());
	}

}
