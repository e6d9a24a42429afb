package pl.bramka.gateway.docs;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that shows the API's description, as a browser asks for it.
 */
@ExtendWith(RunningGateway.class)
class DocsPageTest {

	private static final Map<String, String> TYPES = Map.of("css", "text/css", "js", "text/javascript");

	private static final Pattern REFERENCE = Pattern.compile("(?:src|href|url)(?:=|: )\"([^\"]+)\"");

	private final TestGateway gateway;

	DocsPageTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private HttpResponse<String> browse(String path) throws IOException {
		return Call.get(this.gateway.url(), path)
			.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
			.header("Sec-Fetch-Mode", "navigate")
			.send();
	}

	private static List<String> references(String text) {
		return REFERENCE.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
	}

	@Test
	void isAPageThatMayLoadNothingFromElsewhere() throws IOException {
		HttpResponse<String> page = browse("/v1/docs");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
		assertThat(page.headers().allValues("Content-Security-Policy")).singleElement()
			.asString()
			.startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
			.contains("connect-src 'self'", "frame-ancestors 'none'")
			.doesNotContain("unsafe", "http", "*");
		assertThat(page.body()).doesNotContain("<style", "style=", "onload=").doesNotContainPattern("<script>");
	}

	@Test
	void hasEverythingItNeedsBelowItsOwnPath() throws IOException {
		List<String> files = references(browse("/v1/docs").body()).stream()
			.filter((reference) -> !reference.startsWith("data:"))
			.toList();
		assertThat(files).hasSize(3).allSatisfy((file) -> assertThat(file).startsWith("/v1/docs/"));
		for (String file : files) {
			HttpResponse<String> answer = browse(file);
			assertThat(answer.statusCode()).as(file).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).get()
				.asString()
				.startsWith(TYPES.get(file.replaceAll(".*\\.", "")));
			assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
			assertThat(answer.body()).isNotBlank();
			String tag = answer.headers().firstValue("ETag").orElseThrow();
			assertThat(Call.get(this.gateway.url(), file).header("If-None-Match", tag).send().statusCode())
				.isEqualTo(304);
		}
		assertThat(references(browse("/v1/docs/start.js").body())).containsExactly("/v1/openapi.json");
		assertThat(browse("/v1/openapi.json").headers().firstValue("Content-Type")).contains("application/json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v3/api-docs", "/v3/api-docs/swagger-config", "/v3/api-docs.yaml", "/swagger-ui.html",
			"/swagger-ui/index.html", "/webjars/swagger-ui/index.html", "/webjars/swagger-ui/5.32.11/index.html",
			"/swagger-resources", "/docs/index.html", "/v1/openapi.yaml", "/application.yml" })
	void isNowhereElse(String path) throws IOException {
		Problems.assertProblem(this.gateway.signedIn("anna").get(path), 404, "not-found");
		assertThat(this.gateway.phone().get(path).statusCode()).isIn(401, 404);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/v1/docs/", "/v1/docs/index.html", "/v1/docs/x.js", "/v1/docs/description.md",
			"/v1/docs/../application.yml", "/v1/docs/%2e%2e/application.yml" })
	void holdsNothingElse(String path) throws IOException {
		assertThat(browse(path).statusCode()).isIn(400, 401, 404);
	}

	/**
	 * Where Chromium is installed; elsewhere there is no such test, and none is skipped.
	 */
	@TestFactory
	Stream<DynamicTest> isDrawnByABrowser(@TempDir Path folder) {
		Path chromium = Path.of("/usr/bin/chromium");
		return Stream.of(chromium)
			.filter(Files::isExecutable)
			.map((browser) -> DynamicTest.dynamicTest("as its policy allows", () -> {
				File page = folder.resolve("page").toFile();
				File console = folder.resolve("console").toFile();
				Process process = new ProcessBuilder(browser.toString(), "--headless=new", "--no-sandbox",
						"--disable-gpu", "--user-data-dir=" + folder.resolve("profile"), "--virtual-time-budget=20000",
						"--enable-logging=stderr", "--dump-dom", this.gateway.url() + "/v1/docs")
					.redirectOutput(page)
					.redirectError(console)
					.start();
				try {
					assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
				}
				finally {
					process.destroyForcibly();
				}
				assertThat(Files.readString(page.toPath())).contains("Bramka mobile API", "/v1/sessions/refresh");
				assertThat(Files.readAllLines(console.toPath()))
					.noneMatch((line) -> line.contains("CONSOLE") || line.contains("Content Security Policy"));
			}));
	}

	@Test
	void canBeSwitchedOffWhileTheDescriptionStays() throws IOException {
		try (TestGateway quiet = TestGateway.start("bramka.docs.page=false")) {
			for (String path : List.of("/v1/docs", "/v1/docs/start.js", "/v1/docs/swagger-ui.css")) {
				Problems.assertProblem(Call.get(quiet.url(), path).send(), 404, "not-found");
			}
			assertThat(Call.get(quiet.url(), "/v1/openapi.json").send().statusCode()).isEqualTo(200);
		}
	}

}
