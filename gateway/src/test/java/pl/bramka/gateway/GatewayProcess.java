package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import pl.bramka.mocks.phone.Phone;

/**
 * The packaged gateway as a process of its own, on ports that it keeps when it is started
 * again.
 */
final class GatewayProcess implements AutoCloseable {

	private final int port = PackagedSystem.freePort();

	private final int managementPort = PackagedSystem.freePort();

	private final Path log;

	private final List<String> command = new ArrayList<>();

	private final Map<String, String> environment;

	private @Nullable Process process;

	/**
	 * One that is not started yet.
	 * @param log what it prints goes there
	 * @param environment its environment variables
	 * @param settings more settings, {@code --name=value}
	 */
	GatewayProcess(Path log, Map<String, String> environment, List<String> settings) {
		this.log = log;
		this.environment = environment;
		this.command.addAll(QuickStart.command());
		this.command.addAll(List.of("--server.port=" + this.port, "--management.server.port=" + this.managementPort));
		this.command.addAll(settings);
	}

	/** Starts it, and does not wait for it. */
	void start() {
		ProcessBuilder builder = new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()));
		builder.environment().putAll(this.environment);
		try {
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until it is ready. */
	void awaitReady() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> health("/readiness") == 200);
	}

	/** The status that a part of its health answers with; 0 if there is no answer. */
	int health(String part) {
		if (this.process == null || !this.process.isAlive()) {
			throw new IllegalStateException("the process ended: " + log());
		}
		try {
			return Call.get(management(), "/actuator/health" + part).send().statusCode();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	/** What it measured under this name, with tags as Prometheus writes them. */
	double measured(String name) {
		try {
			String all = Call.get(management(), "/actuator/prometheus").send().body();
			Matcher line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE).matcher(all);
			return Optional.of(line)
				.filter(Matcher::find)
				.map((found) -> Double.parseDouble(found.group(1)))
				.orElse(0.0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What anybody gets who asks it for this path. */
	HttpResponse<String> get(String path) throws IOException {
		return Call.get(url(), path).send();
	}

	/** Where it listens. */
	URI url() {
		return URI.create("http://localhost:" + this.port);
	}

	private URI management() {
		return URI.create("http://localhost:" + this.managementPort);
	}

	/** A phone with the same key and session that talks to this node. */
	Phone movedHere(Phone phone) {
		return new Phone(url(), TestGateway.PUBLIC_URL, phone.key()).tokens(phone.tokens().orElse(null));
	}

	/** Everything it has printed so far. */
	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As {@code kill -9}: it has no time to say goodbye. */
	void kill() {
		end(true);
	}

	/** Asks it to end. */
	@Override
	public void close() {
		end(false);
	}

	private void end(boolean atOnce) {
		Process running = this.process;
		if (running == null) {
			return;
		}
		try {
			if (atOnce) {
				running.destroyForcibly();
			}
			else {
				running.destroy();
			}
			if (!running.waitFor(30, TimeUnit.SECONDS)) {
				running.destroyForcibly();
			}
			this.process = null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
