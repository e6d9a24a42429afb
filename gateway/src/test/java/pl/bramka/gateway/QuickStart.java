package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the packaged gateway in a third of the time, for tests that start it often: out
 * of its jar, with its classes in an archive of the JVM (JEP 350), and with the quick one
 * of the compilers. What is started is the same; it only warms up otherwise.
 */
final class QuickStart {

	private static final Logger log = LoggerFactory.getLogger(QuickStart.class);

	private static final Path JAR = Path.of("target/gateway.jar");

	private static final Path FOLDER = Path.of("target/quick").toAbsolutePath();

	/** As it is shipped, but for the compiler. */
	private static final List<String> JVM = List.of(PackagedSystem.java(), "@../config/jvm.options",
			"-XX:TieredStopAtLevel=1");

	private QuickStart() {
	}

	/** A command to which settings may be added. */
	static synchronized List<String> command() {
		// One for each packaging: classes of another are not taken from an archive.
		Path folder = FOLDER.resolve(String.valueOf(JAR.toFile().lastModified()));
		Path archive = folder.resolve("classes.jsa");
		List<String> jar = List.of("-jar", folder.resolve(JAR.getFileName()).toString());
		if (!Files.isDirectory(folder)) {
			prepare(folder, archive, jar);
		}
		List<String> command = new ArrayList<>(JVM);
		if (Files.exists(archive)) {
			command.add("-XX:SharedArchiveFile=" + archive);
		}
		else {
			log.warn("no archive of classes: the gateway starts slower");
		}
		command.addAll(jar);
		return command;
	}

	/**
	 * A phone, which lives for a second: most of that is compiling and loading what runs
	 * once. The first one leaves its classes for the others.
	 * @param jar the packaged stubs, of which it is a part
	 */
	static List<String> phone(Path jar) {
		Path archive = FOLDER.resolve("phone-" + jar.toFile().lastModified() + ".jsa");
		FOLDER.toFile().mkdirs();
		return List.of(PackagedSystem.java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable",
				"-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive, "-jar", jar.toString());
	}

	/** It is started once as far as its beans, and says then what it has loaded. */
	private static void prepare(Path folder, Path archive, List<String> jar) {
		run(List.of(PackagedSystem.java(), "-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination",
				folder.toString()), Map.of());
		List<String> training = new ArrayList<>(JVM);
		training.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Dspring.context.exit=onRefresh"));
		training.addAll(jar);
		run(training, Map.of("BRAMKA_ENVIRONMENT", "local", "BRAMKA_CONFIG", "../config", "BRAMKA_DATA",
				folder.resolve("data").toString()));
	}

	private static void run(List<String> command, Map<String, String> environment) {
		try {
			Files.createDirectories(FOLDER);
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(FOLDER.resolve("log").toFile()));
			builder.environment().putAll(environment);
			Process process = builder.start();
			if (!process.waitFor(120, TimeUnit.SECONDS)) {
				process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
