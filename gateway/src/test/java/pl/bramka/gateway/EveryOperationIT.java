package pl.bramka.gateway;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.PackagedSystem.Run;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table "Every call, by phone" of the README, from top to bottom, with what is
 * shipped.
 */
class EveryOperationIT {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final Pattern OPERATION = Pattern.compile("`([A-Z]+ /[^`]*)`");

	private static final Pattern COMMAND = Pattern.compile("`mocks/phone ([^`]+)`");

	private static final Pattern ACCESS = Pattern.compile("method=(\\S+) route=(\\S+) status=(\\d+)");

	@TempDir
	private Path folder = Path.of("");

	private static List<String> rows() throws IOException {
		String readme = Files.readString(Path.of("../README.md"));
		int from = readme.indexOf("## Every call, by phone");
		String section = readme.substring(from, readme.indexOf("\n## ", from + 3));
		return section.lines().filter((line) -> line.startsWith("| `")).toList();
	}

	private static Set<String> described() throws IOException {
		JsonNode paths = MAPPER.readTree(Path.of("../config/contract/openapi.json").toFile()).get("paths");
		Set<String> operations = new TreeSet<>();
		paths.properties()
			.forEach((path) -> path.getValue()
				.propertyNames()
				.forEach((method) -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
		return operations;
	}

	/** The id of one that is not this. */
	private static String other(JsonNode list) {
		return list.get("items")
			.valueStream()
			.filter((each) -> !each.path("current").asBoolean(false))
			.findFirst()
			.orElseThrow()
			.get("id")
			.asString();
	}

	private List<String> arguments(String command, JsonNode before) {
		List<String> arguments = new ArrayList<>();
		for (String argument : Arrays.asList(command.split(" ", -1))) {
			if (argument.endsWith("SESSION") || argument.equals("DEVICE")) {
				arguments.add(argument.replaceFirst("SESSION|DEVICE", other(before)));
			}
			else {
				arguments.add(argument.equals("FILE") ? this.folder.resolve("invoice.pdf").toString() : argument);
			}
		}
		return arguments;
	}

	@Test
	void isAnsweredAsTheReadmeSays() throws IOException {
		Set<String> told = new TreeSet<>();
		// Longer limits than in earnest: each command is a Java process of its own.
		try (PackagedSystem system = new PackagedSystem("--bramka.deadline.limit=15s",
				"--bramka.load.standing-delay=1s", "--bramka.access.recent-sign-in=1h",
				"--bramka.upstreams.identity.try-limit=6s", "--bramka.upstreams.identity.read-timeout=6s",
				"--bramka.upstreams.crm.try-limit=6s", "--bramka.upstreams.crm.read-timeout=6s",
				"--bramka.upstreams.billing.try-limit=6s", "--bramka.upstreams.billing.read-timeout=6s")) {
			JsonNode before = MAPPER.createObjectNode();
			for (String row : rows()) {
				List<String> operations = OPERATION.matcher(row).results().map((found) -> found.group(1)).toList();
				told.addAll(operations);
				String command = COMMAND.matcher(row)
					.results()
					.map((MatchResult found) -> found.group(1))
					.findFirst()
					.orElse("");
				if (command.isEmpty()) {
					open(before.get("url").asString());
					continue;
				}
				Run run = system.phone(arguments(command, before).toArray(String[]::new));
				assertThat(run.exit()).as(row + run.errors() + run.output())
					.isEqualTo(row.contains("is refused") ? 1 : 0);
				before = run.output().startsWith("{") ? MAPPER.readTree(run.output()) : before;
				if (command.contains("pay status")) {
					assertThat(before.get("state").asString()).as("the operator told of it").isEqualTo("PAID");
				}
			}
			assertThat(told).isEqualTo(described());
			assertThat(answered(system.log("gateway"))).containsAll(told);
		}
		assertThat(Files.readString(this.folder.resolve("invoice.pdf"), StandardCharsets.ISO_8859_1))
			.startsWith("%PDF-");
	}

	private static void open(String link) throws IOException {
		HttpResponse<String> answer = Call.ofNoApp("GET", URI.create(link), "").send();
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
	}

	/** Operations that did what they are for; the deletion of an account is refused. */
	private static Set<String> answered(String log) {
		Set<String> answered = new TreeSet<>();
		ACCESS.matcher(log).results().forEach((line) -> {
			String operation = line.group(1) + " " + line.group(2);
			int status = Integer.parseInt(line.group(3));
			if (status < 400 || (status == 403 && operation.equals("DELETE /v1/accounts/current"))) {
				answered.add(operation);
			}
		});
		return answered;
	}

}
