package pl.bramka.gateway.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.TestGateway;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A file with a mistake stops the start.
 */
class CompatibilitySettingsTest {

	@TempDir
	private Path config;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			app-compatibility.yml | version: "3.0.0"            | version: 3.0
			app-compatibility.yml | phone:                      | telephone:
			maintenance.yml       | windows: []                 | windows: [ { feature: everything } ]
			app-compatibility.yml | valid-from: 2026-01-01      | valid-from: today
			""")
	void stopTheStartIfTheyAreWrong(String file, String right, String wrong) throws IOException {
		FileSystemUtils.copyRecursively(Path.of("../config"), this.config);
		Path edited = this.config.resolve(file);
		String text = Files.readString(edited);
		assertThat(text).contains(right);
		Files.writeString(edited, text.replace(right, wrong));
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> TestGateway.start("BRAMKA_CONFIG=" + this.config))
			.satisfies((failure) -> assertThat(causes(failure))
				.anySatisfy((cause) -> assertThat(cause).hasMessageContaining(file + ":")));
	}

	private static List<Throwable> causes(Throwable failure) {
		return Stream.iterate(failure, (cause) -> cause != null, Throwable::getCause).toList();
	}

}
