package pl.bramka.gateway.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import pl.bramka.gateway.Logged;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Edits with a mistake: nothing of them holds, and it is said what is wrong where.
 */
class RefusedEditTests {

	private static final String GOOD = """
			bramka:
			  sample:
			    calls: 10
			""";

	/** A content, the line, the key and a part of the reason. */
	static List<Arguments> mistakes() {
		return List.of(mistake("bramka:\n  sample:\n   calls: 11\n  pause: 1s\n :", 5, null, "is not YAML"),
				mistake("bramka:\n  sample: [ 1, 2\n", 3, null, "is not YAML"),
				mistake("bramka:\n\tsample:\n\t\tcalls: 11\n", 2, null, "TAB"),
				mistake(GOOD + "    calls: 11\n", 4, null, "duplicate key calls"),
				mistake(GOOD + "    longest: 8s\n    Calls: 11\n", 5, "bramka.sample.Calls", "twice"),
				mistake(GOOD + "---\nbramka.sample.calls: 11\n", null, null, "more than one document"),
				mistake("", null, null, "is empty"), mistake("\n  \n\n", null, null, "is empty"),
				mistake("just words", 1, "document", "no setting"),
				mistake(GOOD + "    pause: soon\n", 4, "bramka.sample.pause", "'soon' is not of the type Duration"),
				mistake(GOOD.replace("10", "many"), 3, "bramka.sample.calls", "'many' is not of the type int"),
				mistake(GOOD.replace("10", "0"), 3, "bramka.sample.calls", "must be greater than or equal to 1"),
				mistake(GOOD.replace("10", "13"), 3, "bramka.sample", "thirteen calls bring bad luck"),
				mistake(GOOD + "    longest: 1s\n", 4, "bramka.sample.longest", "must be longer than the pause"),
				mistake(GOOD + "    nested.mood: sad\n", 4, "bramka.sample.nested.mood",
						"'sad' is not one of [CALM, BUSY]"),
				mistake(GOOD + "    nested: busy\n", 4, "bramka.sample.nested", ""),
				mistake(GOOD + "    steps:\n      - from: 1\n        to: 2\n      - from: -1\n        to: 2\n", 7,
						"bramka.sample.steps[1].from", "must be greater than or equal to 0"),
				mistake(GOOD + "    steps:\n      - form: 1\n", 5, "bramka.sample.steps[0].form", "no setting"),
				mistake(GOOD + "    cals: 11\n", 4, "bramka.sample.cals", "no setting"),
				mistake(GOOD + "    calls.most: 11\n", 4, "bramka.sample.calls.most", "no setting"),
				mistake(GOOD + "  access:\n    public-url: http://evil\n", 5, "bramka.access.public-url", "no setting"),
				mistake(GOOD + "spring:\n  config:\n    activate:\n      on-profile: never\n", 7,
						"spring.config.activate.on-profile", "no setting"),
				mistake(GOOD + "spring.config.import: file:/etc/more.yml\n", 4, "spring.config.import", "no setting"));
	}

	private static Arguments mistake(String content, @Nullable Integer line, @Nullable String key, String reason) {
		return Arguments.of(content, line, key, reason);
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void saysWhatIsWrongWhereAndKeepsWhatWas(String content, @Nullable Integer line, @Nullable String key,
			String reason) {
		try (Edited edited = Edited.beginWith("bramka.sample.calls: 3"); Logged logged = Logged.atUsualLevels()) {
			Edited.Sample before = edited.sample();
			edited.write(content);
			edited.lookTwice();
			Mistake mistake = Objects.requireNonNull(edited.refusal());
			assertThat(mistake.reason()).contains(reason);
			assertThat(mistake.key()).isEqualTo(key);
			Place place = Objects.requireNonNull(mistake.place());
			assertThat(place.source()).isEqualTo(edited.first().toString());
			assertThat(place.line()).isEqualTo(line);
			assertThat(edited.sample()).as("not even the good part of it").isSameAs(before);
			assertThat(edited.refused("first.yml")).isOne();
			assertThat(edited.edits("first.yml", "refused")).isOne();
			assertThat(logged.lines(WatchedFile.class.getName())).singleElement()
				.satisfies((text) -> assertThat(text).contains("refused", mistake.toString()).doesNotContain("\n"));
		}
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void stopsTheStartInTheSameWords(String content, @Nullable Integer line, @Nullable String key, String reason) {
		assertThatThrownBy(() -> Edited.beginWith(content.isEmpty() ? "\n" : content).close())
			.isInstanceOfSatisfying(BadSettings.class, (failure) -> {
				assertThat(failure.mistake().reason()).contains(reason);
				assertThat(failure.mistake().key()).isEqualTo(key);
				FailureAnalysis analysis = Objects.requireNonNull(new BadSettings.Analyzer().analyze(failure));
				assertThat(analysis.getDescription()).isEqualTo(failure.mistake().toString());
			});
	}

	@Test
	void refusesWhatIsNotUtf8() {
		try (Edited edited = Edited.begin()) {
			edited.write(edited.first(), "bramka:\n  # zażółć\n".getBytes(StandardCharsets.UTF_16));
			edited.lookTwice();
			assertThat(edited.refusal()).hasToString(edited.first() + ":1: is not UTF-8");
			edited.write(edited.first(), (GOOD + "# za\u00f3\n").getBytes(StandardCharsets.ISO_8859_1));
			edited.lookTwice();
			assertThat(edited.refusal()).hasToString(edited.first() + ":4: is not UTF-8");
		}
	}

	@Test
	void readsNoMoreThanOneMebibyte() {
		try (Edited edited = Edited.begin()) {
			edited.write(GOOD + "#".repeat(LiveFile.MOST_BYTES - GOOD.length()));
			edited.lookTwice();
			assertThat(edited.refusal()).isNull();
			assertThat(edited.sample().calls()).isEqualTo(10);
			edited.write(GOOD.replace("10", "11") + "#".repeat(LiveFile.MOST_BYTES + 1 - GOOD.length()));
			edited.lookTwice();
			assertThat(edited.refusal()).hasToString(edited.first() + ": is larger than 1 MiB");
			assertThat(edited.sample().calls()).isEqualTo(10);
		}
	}

	@Test
	void refusesWhatCannotBeRead() throws IOException {
		try (Edited edited = Edited.beginWith(GOOD)) {
			Files.delete(edited.first());
			Files.createDirectory(edited.first());
			edited.lookTwice();
			assertThat(edited.refusal()).hasToString(edited.first() + ": is not a file, or a link to none");
			Files.delete(edited.first());
			Files.createSymbolicLink(edited.first(), edited.folder().resolve("nowhere.yml"));
			edited.lookTwice();
			assertThat(edited.refusal()).hasToString(edited.first() + ": is not a file, or a link to none");
			Files.delete(edited.first());
			Files.createSymbolicLink(edited.first(), edited.first());
			edited.lookTwice();
			assertThat(edited.refusal()).isNotNull();
			assertThat(edited.sample().calls()).isEqualTo(10);
		}
	}

	@Test
	void keepsTheValuesWhenTheWholeFolderIsGone() throws IOException {
		try (Edited edited = Edited.beginWith(GOOD)) {
			FileSystemUtils.deleteRecursively(edited.folder());
			edited.lookTwice();
			assertThat(edited.refusal()).hasToString(edited.first() + ": is gone with its folder");
			assertThat(edited.refusal("second.yml")).as("was never there").isNull();
			assertThat(edited.sample().calls()).isEqualTo(10);
			Files.createDirectory(edited.folder());
			edited.write(GOOD.replace("10", "11"));
			edited.lookTwice();
			assertThat(edited.refusal()).isNull();
			assertThat(edited.sample().calls()).isEqualTo(11);
		}
	}

	@Test
	void refusesABadValueAlsoWhereAVariableWinsOverIt() {
		try (Edited edited = new Edited("", Map.of("BRAMKA_SAMPLE_CALLS", "20"))) {
			edited.write(GOOD.replace("10", "many"));
			edited.lookTwice();
			assertThat(Objects.requireNonNull(edited.refusal()).key()).isEqualTo("bramka.sample.calls");
		}
	}

	@Test
	void saysNoSecret() {
		try (Edited edited = Edited.begin(); Logged logged = Logged.atUsualLevels()) {
			edited.write(GOOD + "    admin-password:\n      - hunter2\n");
			edited.lookTwice();
			assertThat(edited.refusal()).isNotNull();
			edited.write(GOOD + "    admin-password: hunter2\n    calls-: 1\n");
			edited.lookTwice();
			edited.write(GOOD + "    admin-password: hunter2\n");
			edited.lookTwice();
			assertThat(edited.refusal()).isNull();
			assertThat(edited.settings().given()).anySatisfy((given) -> {
				assertThat(given.key()).hasToString("bramka.sample.admin-password");
				assertThat(given.value()).isEqualTo("***");
			});
			assertThat(logged.lines()).noneMatch((text) -> text.contains("hunter2"));
		}
	}

	@Test
	void takesTheNextGoodVersion() {
		try (Edited edited = Edited.begin()) {
			edited.write(GOOD.replace("10", "0"));
			edited.lookTwice();
			assertThat(edited.refused("first.yml")).isOne();
			edited.write(GOOD);
			edited.lookTwice();
			assertThat(edited.refusal()).isNull();
			assertThat(edited.refused("first.yml")).isZero();
			assertThat(edited.edits("first.yml", "applied")).isOne();
			assertThat(edited.sample().calls()).isEqualTo(10);
		}
	}

	@Test
	void keepsOutWhatIsGoodInABadFile() {
		try (Edited edited = Edited.begin()) {
			edited.write(GOOD + "  other:\n    calls: 0\n");
			edited.lookTwice();
			assertThat(edited.refusal())
				.hasToString(edited.first() + ":5:12: bramka.other.calls: must be greater than or equal to 1");
			assertThat(edited.sample().calls()).isEqualTo(5);
			assertThat(edited.other().calls()).isEqualTo(7);
			assertThat(edited.settings().given()).noneMatch((given) -> given.place().line() != null);
		}
	}

	@Test
	void survivesWhatNobodyThoughtOf() {
		try (Edited edited = Edited.begin()) {
			edited.broken(true);
			edited.write(GOOD);
			edited.lookTwice();
			assertThat(edited.refusal()).hasToString(edited.first() + ": cannot be judged (IllegalStateException)");
			assertThat(edited.sample().calls()).isEqualTo(5);
			assertThat(edited.edits("first.yml", "refused")).isOne();
			edited.broken(false);
			edited.write(GOOD + "# again\n");
			edited.lookTwice();
			assertThat(edited.refusal()).isNull();
			assertThat(edited.sample().calls()).isEqualTo(10);
		}
	}

	@Test
	void judgesEachFileByItself() {
		try (Edited edited = Edited.begin()) {
			edited.write(GOOD.replace("10", "0"));
			edited.write(edited.second(), "bramka.other.calls: 8".getBytes(StandardCharsets.UTF_8));
			edited.lookTwice();
			assertThat(edited.refused("first.yml")).isOne();
			assertThat(edited.refused("second.yml")).isZero();
			assertThat(edited.sample().calls()).isEqualTo(5);
			assertThat(edited.other().calls()).isEqualTo(8);
		}
	}

}
