package pl.bramka.gateway.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where audit records of the log go, with the file that a real start reads.
 */
class AuditFileTest {

	private final LoggingSystem logging = LoggingSystem.get(AuditFileTest.class.getClassLoader());

	@TempDir
	private Path folder;

	/** The log of a process is one: it is as it was for whoever comes next. */
	@AfterEach
	void asBefore() {
		start(Map.of(), null);
	}

	private void start(Map<String, Object> settings) {
		start(settings, "classpath:logback-spring.xml");
	}

	/** Without a file by the one that tests have. */
	private void start(Map<String, Object> settings, @Nullable String file) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
		this.logging.cleanUp();
		this.logging.beforeInitialize();
		this.logging.initialize(new LoggingInitializationContext(environment), file, null);
	}

	@Test
	void isAFileOfItsOwnIfItIsWanted() throws IOException {
		Path file = this.folder.resolve("audit.log");
		start(Map.of("bramka.audit.to", "file", "bramka.audit.file", file.toString()));
		LoggerFactory.getLogger("audit").info("event=sign-in result=done");
		LoggerFactory.getLogger(AuditFileTest.class).info("something else");
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Files.size(file) > 0);
		assertThat(Files.readAllLines(file)).singleElement().asString().matches("\\S+ AUDIT event=sign-in result=done");
	}

	@Test
	void isNoFileOtherwise() {
		Path file = this.folder.resolve("audit.log");
		start(Map.of("bramka.audit.to", "console", "bramka.audit.file", file.toString()));
		LoggerFactory.getLogger("audit").info("event=sign-in result=done");
		assertThat(file).doesNotExist();
	}

}
