package pl.bramka.gateway.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import pl.bramka.gateway.Call;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestRedis;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.phone.Phone;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every metric and every label that the alert rules and the dashboard speak of is really
 * exported by a gateway that was used, and every metric of ours is spoken of.
 */
class MonitoringTest {

	private static final Path RULES = Path.of("../config/monitoring/alerts.yml");

	private static final Path DASHBOARD = Path.of("../config/monitoring/dashboard.json");

	private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+", Pattern.MULTILINE);

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

	/** Made by the scraping server itself. */
	private static final Set<String> OF_THE_SERVER = Set.of("up");

	private static Map<String, Set<String>> exported;

	@BeforeAll
	static void useAGatewayAndReadItsMetrics() throws Exception {
		try (TestRedis redis = TestRedis.start();
				TestGateway gateway = TestGateway.start("bramka.nodes.redis=" + redis.url(),
						"bramka.nodes.timeout=5s")) {
			Phone anna = gateway.signedIn("anna");
			gateway.phone().signIn("ewa@example.com", "Haslo-123!");
			anna.get("/v1/home");
			gateway.mocks().faults().set(UpstreamName.BILLING, Fault.of(FaultKind.UNAVAILABLE));
			anna.get("/v1/home", "Cache-Control", "no-cache");
			anna.signOut();
			exported = samples(Call.get(gateway.managementUrl(), "/actuator/prometheus").send().body());
		}
	}

	@Test
	void rulesSpeakOfWhatIsExported() throws IOException {
		assertExported(expressionsOfRules());
	}

	@Test
	void theDashboardSpeaksOfWhatIsExported() throws IOException {
		assertExported(expressionsOfTheDashboard());
	}

	@Test
	void everyMetricOfOursIsShown() throws IOException {
		Set<String> shown = expressionsOfTheDashboard().stream()
			.flatMap((expression) -> new Expression(expression).asked().stream())
			.map((asked) -> family(asked.metric()))
			.collect(Collectors.toSet());
		Set<String> ours = exported.keySet()
			.stream()
			.filter((name) -> name.startsWith("bramka_"))
			.map(MonitoringTest::family)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(shown).containsAll(ours);
	}

	@Test
	void everyAlertSaysWhatToDo() throws IOException {
		assertThat(rules()).isNotEmpty().allSatisfy((rule) -> {
			assertThat(rule).containsKeys("alert", "expr", "for", "labels", "annotations");
			assertThat(String.valueOf(rule.get("annotations"))).contains("summary=", "action=");
			assertThat(rule.get("labels")).isIn(Map.of("severity", "page"), Map.of("severity", "ticket"));
		});
	}

	@Test
	void aNameThatIsNotExportedIsFound() {
		assertThat(unknown(List.of("sum by (route) (rate(bramka_requests_seconds_count{status=~\"5..\"}[5m])) > 0.01")))
			.isEmpty();
		assertThat(unknown(List.of("rate(bramka_request_seconds_count[5m]) / 2e3"))).hasSize(1);
		assertThat(unknown(List.of("bramka_requests_seconds_count{code=\"500\"}"))).hasSize(1);
		assertThat(unknown(List.of("sum by (path) (bramka_requests_seconds_count)"))).hasSize(1);
	}

	private static void assertExported(List<String> expressions) {
		assertThat(expressions).isNotEmpty();
		assertThat(unknown(expressions)).isEmpty();
	}

	private static List<String> unknown(List<String> expressions) {
		List<String> unknown = new ArrayList<>();
		for (String expression : expressions) {
			Set<Expression.Asked> asked = new Expression(expression).asked();
			assertThat(asked).as(expression).isNotEmpty();
			asked.stream()
				.filter((each) -> !OF_THE_SERVER.contains(each.metric()))
				.filter((each) -> !exported.getOrDefault(each.metric(), Set.of("?")).containsAll(each.labels())
						|| !exported.containsKey(each.metric()))
				.forEach((each) -> unknown.add(each + " in " + expression));
		}
		return unknown;
	}

	private static List<String> expressionsOfRules() throws IOException {
		return rules().stream().map((rule) -> String.valueOf(rule.get("expr"))).toList();
	}

	private static List<Map<String, Object>> rules() throws IOException {
		Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(Files.readString(RULES));
		return file.getOrDefault("groups", List.of()).stream().flatMap((group) -> rulesOf(group).stream()).toList();
	}

	private static List<Map<String, Object>> rulesOf(Map<String, List<Map<String, Object>>> group) {
		return group.getOrDefault("rules", List.of());
	}

	private static List<String> expressionsOfTheDashboard() throws IOException {
		JsonNode dashboard = JsonMapper.builder().build().readTree(Files.readString(DASHBOARD));
		return dashboard.findValues("expr").stream().map(JsonNode::asString).toList();
	}

	private static Map<String, Set<String>> samples(String text) {
		Map<String, Set<String>> samples = new HashMap<>();
		SAMPLE.matcher(text)
			.results()
			.forEach((sample) -> samples.computeIfAbsent(sample.group(1), (name) -> new HashSet<>())
				.addAll(labels(sample.group(2))));
		return samples;
	}

	private static Set<String> labels(String text) {
		Matcher labels = LABEL.matcher((text != null) ? text : "");
		return labels.results().map((label) -> label.group(1)).collect(Collectors.toSet());
	}

	/** A timer is one thing with several names. */
	private static String family(String metric) {
		return metric.replaceFirst("_(count|sum|max|bucket|total)$", "");
	}

}
