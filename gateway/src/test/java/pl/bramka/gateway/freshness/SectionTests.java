package pl.bramka.gateway.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;

class SectionTests {

	private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final JsonMapper json = JsonMapper.builder().build();

	private String written(Mono<Aged<List<Integer>>> part) {
		return this.json.writeValueAsString(Section.of("numbers", part, this.meters).block(Duration.ofSeconds(5)));
	}

	private double counted(String state) {
		return this.meters.counter(Names.SECTIONS, "section", "numbers", "state", state).count();
	}

	@Test
	void showsDataAndItsAge() {
		assertThat(written(Mono.just(new Aged<>(List.of(1, 2), NOON, State.STALE))))
			.isEqualTo("{\"state\":\"STALE\",\"asOf\":\"2026-11-02T12:00:00Z\",\"data\":[1,2]}");
		assertThat(counted("STALE")).isEqualTo(1);
	}

	@Test
	void showsAProblemWithoutData() {
		Problem problem = Problem.of(ProblemCode.BILLING_UNAVAILABLE).retryAfter(Duration.ofMillis(4_100));
		assertThat(written(Mono.error(problem))).isEqualTo(
				"{\"state\":\"UNAVAILABLE\",\"problem\":{\"code\":\"billing-unavailable\",\"retryAfterSeconds\":5}}");
		assertThat(counted("UNAVAILABLE")).isEqualTo(1);
	}

	@Test
	void saysNothingOfTheUnforeseen() {
		assertThat(written(Mono.error(new IllegalStateException("anna@example.com"))))
			.isEqualTo("{\"state\":\"UNAVAILABLE\",\"problem\":{\"code\":\"internal-error\"}}");
	}

	@Test
	void isNotEntitledWhenThereIsNothingItCouldBeAbout() {
		assertThat(written(Mono.empty())).isEqualTo("{\"state\":\"NOT_ENTITLED\"}");
	}

}
