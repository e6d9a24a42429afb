package pl.bramka.gateway.differences;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * The report of those who reconcile: {@code GET /actuator/paymentdifferences?since=}.
 */
@Component
@Endpoint(id = "paymentdifferences")
final class DifferencesEndpoint {

	private static final ZoneId WARSAW = ZoneId.of("Europe/Warsaw");

	private final Differences differences;

	private final Clock clock;

	DifferencesEndpoint(Differences differences, Clock clock) {
		this.differences = differences;
		this.clock = clock;
	}

	/**
	 * The cases of each kind.
	 * @param since the first day, by the calendar of Europe/Warsaw; yesterday unless said
	 * otherwise
	 * @return the latest hundred of each kind, by its name; kinds without any are there
	 */
	@ReadOperation
	Mono<Map<String, List<Differences.Case>>> report(@Nullable LocalDate since) {
		LocalDate first = (since != null) ? since : LocalDate.now(this.clock.withZone(WARSAW)).minusDays(1);
		return this.differences.since(first.atStartOfDay(WARSAW).toInstant()).map((all) -> {
			Map<String, List<Differences.Case>> report = new LinkedHashMap<>();
			all.forEach((kind, cases) -> report.put(kind.tag(), cases));
			return report;
		});
	}

}
