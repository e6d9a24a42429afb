package pl.bramka.mocks.phone;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code phone consumption}.
 */
@Command(name = "consumption", description = { "Use over time, as a table: a line for each point, a column for each",
		"zone; * is wholly or partly estimated, ! is incomplete. --json shows the body instead." })
final class ConsumptionCommand implements Callable<Integer> {

	private static final int WIDTH = 18;

	private static final JsonMapper EXACT = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Parameters(paramLabel = "CONTRACT")
	private String contract = "";

	@Option(names = "--from", paramLabel = "DATE", description = "the first day; default: 30 days before --to")
	private @Nullable LocalDate from;

	@Option(names = "--to", paramLabel = "DATE", description = "the last day; default: yesterday in Warsaw")
	private @Nullable LocalDate to;

	@Option(names = "--granularity", description = "hour, day or month")
	private String granularity = "day";

	@Option(names = "--json", description = "the body as it came")
	private boolean json;

	@Option(names = "--refresh", description = "as pull-to-refresh")
	private boolean refresh;

	@Override
	public Integer call() throws IOException {
		LocalDate last = (this.to != null) ? this.to : LocalDate.now(ZoneId.of("Europe/Warsaw")).minusDays(1);
		LocalDate first = (this.from != null) ? this.from : last.minusDays(30);
		String path = "/v1/contracts/" + URLEncoder.encode(this.contract, StandardCharsets.UTF_8) + "/consumption?from="
				+ first + "&to=" + last + "&granularity="
				+ URLEncoder.encode(this.granularity.toUpperCase(Locale.ROOT), StandardCharsets.UTF_8);
		HttpResponse<byte[]> answer = this.phone.phone(this.phone.signedIn())
			.send("GET", path, null, PhoneCommand.anew(this.refresh));
		if (this.json || answer.statusCode() != 200) {
			return this.phone.screen().show(answer, null);
		}
		Screen screen = this.phone.screen();
		screen.say("HTTP 200");
		table(EXACT.readTree(answer.body())).forEach(screen.out()::println);
		screen.out().flush();
		return 0;
	}

	/** The lines of a chart. */
	static List<String> table(JsonNode chart) {
		String granularity = chart.path("granularity").asString();
		int stamp = switch (granularity) {
			case "HOUR" -> "2026-10-25T02:00:00+01:00".length();
			case "DAY" -> "2026-10-25".length();
			default -> "2026-10".length();
		};
		Set<String> columns = columns(chart.path("totals"));
		List<String> lines = new ArrayList<>();
		lines.add("%s of %s to %s, %s as of %s".formatted(chart.path("unit").asString("nothing"),
				chart.path("from").asString(), chart.path("to").asString(), chart.path("state").asString(),
				chart.path("asOf").asString()));
		lines.add(line("", stamp, columns.stream().map((column) -> column.replace('/', ' ')).toList()));
		for (JsonNode point : chart.path("points")) {
			lines.add(line(point.path("start").asString().substring(0, stamp), stamp,
					columns.stream().map((column) -> cell(point, column)).toList()));
		}
		lines.add(line("total", stamp, columns.stream().map((column) -> cell(chart.path("totals"), column)).toList()));
		return lines;
	}

	private static Set<String> columns(JsonNode totals) {
		Set<String> columns = new LinkedHashSet<>();
		totals.forEachEntry((flow, sums) -> sums.path("zones")
			.forEach((sum) -> columns.add(flow + "/" + sum.path("zone").asString())));
		return columns;
	}

	private static String cell(JsonNode point, String column) {
		String[] names = column.split("/", 2);
		JsonNode flow = point.path(names[0]);
		for (JsonNode sum : flow.path("zones")) {
			if (sum.path("zone").asString().equals(names[1])) {
				return sum.path("measured")
					.decimalValue(BigDecimal.ZERO)
					.add(sum.path("estimated").decimalValue(BigDecimal.ZERO))
					.setScale(3, RoundingMode.HALF_UP) + (sum.has("estimated") ? "*" : "")
						+ (flow.path("complete").asBoolean() ? "" : "!");
			}
		}
		return "-";
	}

	private static String line(String name, int stamp, List<String> cells) {
		StringBuilder line = new StringBuilder(("%-" + Math.max(stamp, 5) + "s").formatted(name));
		cells.forEach((cell) -> line.append(("%" + WIDTH + "s").formatted(cell)));
		return line.toString().stripTrailing();
	}

}
