package pl.bramka.gateway.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Logged;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Good edits, however they reach the file.
 */
class AppliedEditTests {

	private static String calls(int calls) {
		return "bramka:\n  sample:\n    calls: " + calls + "\n";
	}

	@Test
	void goesByWhatTwoLooksFound() {
		try (Edited edited = Edited.begin()) {
			assertThat(edited.sample().calls()).isEqualTo(5);
			edited.write(calls(10));
			edited.look();
			assertThat(edited.sample().calls()).as("perhaps it is still being written").isEqualTo(5);
			edited.look();
			assertThat(edited.sample().calls()).isEqualTo(10);
			assertThat(edited.sample().pause()).isEqualTo(Duration.ofSeconds(5));
			assertThat(edited.edits("first.yml", "applied")).isOne();
			edited.lookTwice();
			assertThat(edited.edits("first.yml", "applied")).as("once an edit").isOne();
		}
	}

	@Test
	void doesNotJudgeAHalfWrittenFile() {
		try (Edited edited = Edited.beginWith(calls(10)); Logged logged = Logged.atUsualLevels()) {
			for (String part : List.of("", "bramka:\n  sample:\n    cal", calls(1), calls(12))) {
				edited.write(part);
				edited.look();
				assertThat(edited.sample().calls()).isEqualTo(10);
			}
			edited.look();
			assertThat(edited.sample().calls()).isEqualTo(12);
			assertThat(edited.edits("first.yml", "applied")).isOne();
			assertThat(edited.edits("first.yml", "refused")).isZero();
			assertThat(logged.lines(WatchedFile.class.getName())).hasSize(1);
		}
	}

	@Test
	void seesAnEditThatChangesNeitherSizeNorTime() throws IOException {
		try (Edited edited = Edited.beginWith(calls(10))) {
			var time = Files.getLastModifiedTime(edited.first());
			edited.write(calls(11));
			Files.setLastModifiedTime(edited.first(), time);
			edited.lookTwice();
			assertThat(edited.sample().calls()).isEqualTo(11);
		}
	}

	@Test
	void seesAFileThatReplacesIt() throws IOException {
		try (Edited edited = Edited.beginWith(calls(10))) {
			Path next = edited.folder().resolve(".first.yml.swp");
			edited.write(next, calls(11).getBytes(StandardCharsets.UTF_8));
			Files.move(next, edited.first(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			edited.lookTwice();
			assertThat(edited.sample().calls()).isEqualTo(11);
		}
	}

	/** As Kubernetes does with the volume of a config map. */
	@Test
	void seesALinkToAFolderThatIsSwapped() throws IOException {
		try (Edited edited = Edited.begin()) {
			Path data = edited.folder().resolve("..data");
			version(edited, "..2026_1", 10);
			Files.createSymbolicLink(data, Path.of("..2026_1"));
			Files.createSymbolicLink(edited.first(), Path.of("..data/first.yml"));
			edited.lookTwice();
			assertThat(edited.sample().calls()).isEqualTo(10);
			version(edited, "..2026_2", 11);
			Path next = Files.createSymbolicLink(edited.folder().resolve("..data_tmp"), Path.of("..2026_2"));
			Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			edited.lookTwice();
			assertThat(edited.sample().calls()).isEqualTo(11);
		}
	}

	private static void version(Edited edited, String folder, int calls) throws IOException {
		Path version = Files.createDirectory(edited.folder().resolve(folder));
		edited.write(version.resolve("first.yml"), calls(calls).getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void goesBackToTheDefaultsWhenAFileIsRemoved() throws IOException {
		try (Edited edited = Edited.beginWith(calls(10))) {
			Files.delete(edited.first());
			edited.lookTwice();
			assertThat(edited.refusal()).isNull();
			assertThat(edited.sample().calls()).isEqualTo(5);
		}
	}

	@Test
	void takesAFileOfCommentsForOneThatSaysNothing() {
		try (Edited edited = Edited.beginWith(calls(10))) {
			edited.write("# " + calls(10).replace("\n", "\n# "));
			edited.lookTwice();
			assertThat(edited.refusal()).isNull();
			assertThat(edited.sample().calls()).isEqualTo(5);
		}
	}

	@Test
	void bothersNobodyWithAnEditThatChangesNoValue() {
		try (Edited edited = Edited.beginWith(calls(10))) {
			List<Edited.Sample> told = new ArrayList<>();
			edited.settings().whenChanged(edited.live(), told::add);
			Edited.Sample before = edited.sample();
			Given given = given(edited);
			edited.write("\n# a comment\n" + calls(10) + "\n");
			edited.lookTwice();
			assertThat(edited.edits("first.yml", "applied")).isOne();
			assertThat(edited.sample()).isSameAs(before);
			assertThat(told).isEmpty();
			assertThat(given(edited).since()).isEqualTo(given.since());
			assertThat(given(edited).place().line()).as("where it stands now").isEqualTo(5);
			edited.write(calls(11));
			edited.lookTwice();
			assertThat(told).singleElement().isEqualTo(edited.sample());
		}
	}

	@Test
	void tellsEverybodyThoughOneFails() {
		try (Edited edited = Edited.begin(); Logged logged = Logged.atUsualLevels()) {
			List<Edited.Sample> told = new ArrayList<>();
			edited.settings().whenChanged(edited.live(), (sample) -> {
				throw new AssertionError("fails");
			});
			edited.settings().whenChanged(edited.live(), told::add);
			edited.write(calls(11));
			edited.lookTwice();
			assertThat(told).hasSize(1);
			assertThat(edited.sample().calls()).isEqualTo(11);
			assertThat(logged.lines(Setting.class.getName())).hasSize(1);
		}
	}

	@Test
	void letsVariablesWin() {
		try (Edited edited = new Edited(calls(10), Map.of("BRAMKA_SAMPLE_CALLS", "20"))) {
			assertThat(edited.sample().calls()).isEqualTo(20);
			edited.write(calls(11) + "    pause: 1s\n");
			edited.lookTwice();
			assertThat(edited.sample().calls()).isEqualTo(20);
			assertThat(edited.sample().pause()).isEqualTo(Duration.ofSeconds(1));
			assertThat(given(edited).place()).hasToString("environment variable BRAMKA_SAMPLE_CALLS");
		}
	}

	@Test
	void readsAVariableThatAValueRefersTo() {
		try (Edited edited = new Edited("", Map.of("MOST_CALLS", "21"))) {
			edited.write("bramka.sample.calls: ${MOST_CALLS}\n");
			edited.lookTwice();
			assertThat(edited.sample().calls()).isEqualTo(21);
			assertThat(given(edited).value()).isEqualTo("21");
		}
	}

	@Test
	void refersToWhatTheSameVersionSays() {
		try (Edited edited = Edited.beginWith(calls(10) + "  other:\n    calls: ${bramka.sample.calls}\n")) {
			assertThat(edited.other().calls()).isEqualTo(10);
			edited.write(calls(11) + "  other:\n    calls: ${bramka.sample.calls}\n");
			edited.lookTwice();
			assertThat(edited.other().calls()).isEqualTo(11);
		}
	}

	/** Whoever looks sees one version or the other, never some of each. */
	@Test
	void changesAllValuesOfOneTypeAtOnce() throws Exception {
		try (Edited edited = Edited.beginWith(calls(10) + "    pause: 10ms\n");
				ExecutorService callers = Executors.newFixedThreadPool(2)) {
			AtomicBoolean over = new AtomicBoolean();
			List<Future<Boolean>> all = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				all.add(callers.submit(() -> {
					boolean whole = true;
					while (!over.get()) {
						Edited.Sample sample = edited.sample();
						whole &= sample.calls() == sample.pause().toMillis();
					}
					return whole;
				}));
			}
			for (int calls = 20; calls < 60; calls++) {
				edited.write(calls(calls) + "    pause: " + calls + "ms\n");
				edited.lookTwice();
			}
			over.set(true);
			assertThat(edited.sample().calls()).isEqualTo(59);
			for (Future<Boolean> caller : all) {
				assertThat(caller.get()).isTrue();
			}
		}
	}

	private static Given given(Edited edited) {
		return edited.settings()
			.given()
			.stream()
			.filter((given) -> given.key().toString().equals("bramka.sample.calls"))
			.findFirst()
			.orElseThrow();
	}

}
