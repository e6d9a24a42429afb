package pl.bramka.gateway;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * What is shipped, as processes of their own: the packaged stubs, the packaged gateway
 * with its JVM flags, and a phone for each command.
 */
final class PackagedSystem implements AutoCloseable {

	private static final Path MOCKS = Path.of("../mocks/target/mocks-exec.jar");

	private static final Path GATEWAY = Path.of("target/gateway.jar");

	private final Path folder = temporaryFolder();

	private final int gatewayPort = freePort();

	private final int managementPort = freePort();

	private final int controlPort = freePort();

	private final List<Process> processes = new ArrayList<>();

	PackagedSystem(String... settings) {
		List<Integer> ports = List.of(freePort(), freePort(), freePort(), freePort());
		start("mocks", List.of(java(), "-jar", MOCKS.toString(), "run", "--billing-port=" + ports.get(0),
				"--crm-port=" + ports.get(1), "--operator-port=" + ports.get(2), "--identity-port=" + ports.get(3),
				"--control-port=" + this.controlPort, "--notify=" + gateway() + "/v1/operator/notifications"),
				Map.of());
		List<String> command = new ArrayList<>(List.of(java(), "@../config/jvm.options", "-jar", GATEWAY.toString(),
				"--server.port=" + this.gatewayPort, "--management.server.port=" + this.managementPort,
				"--bramka.access.public-url=" + gateway(),
				"--bramka.upstreams.billing.base-url=http://localhost:" + ports.get(0)
						+ "/sap/opu/odata/sap/ERP_UTILITIES_UMC",
				"--bramka.upstreams.crm.base-url=http://localhost:" + ports.get(1)
						+ "/sap/opu/odata/sap/CRM_UTILITIES_UMC",
				"--bramka.upstreams.operator.base-url=http://localhost:" + ports.get(2),
				"--bramka.upstreams.identity.base-url=http://localhost:" + ports.get(3) + "/realms/portal"));
		command.addAll(List.of(settings));
		start("gateway", command, Map.of("BRAMKA_ENVIRONMENT", "local", "BRAMKA_CONFIG", "../config", "BRAMKA_DATA",
				this.folder.resolve("data").toString()));
		awaitReady();
	}

	/** What a phone command left: its exit code, what it printed, and what it said. */
	record Run(int exit, String output, String errors) {
	}

	/** Runs the phone, as a process of its own. */
	Run phone(String... arguments) {
		List<String> command = new ArrayList<>(QuickStart.phone(MOCKS));
		command.addAll(List.of("phone", "--folder=" + this.folder.resolve("phones"), "--gateway=" + gateway(),
				"--control=http://localhost:" + this.controlPort));
		command.addAll(List.of(arguments));
		try {
			Path output = Files.createTempFile(this.folder, "phone", ".out");
			Path errors = Files.createTempFile(this.folder, "phone", ".err");
			Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
				.redirectError(errors.toFile())
				.start();
			if (!process.waitFor(60, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException("the phone does not end");
			}
			return new Run(process.exitValue(), Files.readString(output), Files.readString(errors));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** Everything a process has printed so far: {@code mocks} or {@code gateway}. */
	String log(String process) {
		try {
			return Files.readString(this.folder.resolve(process + ".log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String gateway() {
		return "http://localhost:" + this.gatewayPort;
	}

	private void start(String name, List<String> command, Map<String, String> environment) {
		File log = this.folder.resolve(name + ".log").toFile();
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
		builder.environment().putAll(environment);
		try {
			this.processes.add(builder.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady() {
		URI ready = URI.create("http://localhost:" + this.managementPort + "/actuator/health/readiness");
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> answers(ready));
	}

	private boolean answers(URI ready) throws InterruptedException {
		if (!this.processes.stream().allMatch(Process::isAlive)) {
			throw new IllegalStateException("a process ended: " + log("mocks") + log("gateway"));
		}
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(10)).build();
			return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		this.processes.forEach(Process::destroy);
		try {
			for (Process process : this.processes) {
				if (!process.waitFor(30, TimeUnit.SECONDS)) {
					process.destroyForcibly();
				}
			}
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The Java that runs the tests: the one on the path may be too old. */
	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path temporaryFolder() {
		try {
			return Files.createTempDirectory("bramka");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
