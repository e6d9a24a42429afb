package pl.bramka.gateway.freshness;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class RenditionTests {

	private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

	private static final Instant LATER = NOON.plusMillis(5_250);

	private final JsonMapper json = JsonMapper.builder().build();

	private String tag(Object answer) {
		return Rendition.of(this.json, answer).tag();
	}

	private static Section<List<String>> section(Instant asOf, State state, String... items) {
		return Section.of(new Aged<>(List.of(items), asOf, state));
	}

	@Test
	void writesTheAnswer() {
		Section<List<String>> answer = section(NOON, State.FRESH, "a");
		assertThat(new String(Rendition.of(this.json, answer).body(), StandardCharsets.UTF_8))
			.isEqualTo("{\"state\":\"FRESH\",\"asOf\":\"2026-11-02T12:00:00Z\",\"data\":[\"a\"]}");
	}

	@Test
	void tagsWithoutTheAgeAtAnyDepth() {
		assertThat(tag(section(NOON, State.FRESH, "a"))).isEqualTo(tag(section(LATER, State.FRESH, "a")))
			.matches("\"[0-9a-f]{32}\"");
		assertThat(tag(Map.of("home", List.of(section(NOON, State.FRESH, "a"), section(NOON, State.STALE, "b")))))
			.isEqualTo(
					tag(Map.of("home", List.of(section(LATER, State.FRESH, "a"), section(LATER, State.STALE, "b")))));
	}

	@Test
	void tagsContentAndState() {
		assertThat(tag(section(NOON, State.FRESH, "a"))).isNotEqualTo(tag(section(NOON, State.FRESH, "b")))
			.isNotEqualTo(tag(section(NOON, State.STALE, "a")))
			.isNotEqualTo(tag(section(NOON, State.FRESH, "a", "b")));
	}

	@Test
	void tagsTextThatLooksLikeAnAge() {
		assertThat(tag(section(NOON, State.FRESH, "\"asOf\":\"1\"")))
			.isNotEqualTo(tag(section(NOON, State.FRESH, "\"asOf\":\"2\"")));
	}

}
