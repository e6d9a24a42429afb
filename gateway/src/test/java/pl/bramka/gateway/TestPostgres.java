package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL on a port of its own that it keeps: it can be stopped and started
 * again over its data, and it can be frozen, as if its machine had stopped.
 */
public final class TestPostgres implements AutoCloseable {

	private final Path data;

	private final int port;

	private EmbeddedPostgres server;

	private TestPostgres(Path data, int port) throws IOException {
		this.data = data;
		this.port = port;
		this.server = run();
	}

	/** Starts one with an empty database. */
	public static TestPostgres start() {
		try (ServerSocket free = new ServerSocket(0)) {
			int port = free.getLocalPort();
			free.close();
			return new TestPostgres(Files.createTempDirectory("bramka-postgres"), port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private EmbeddedPostgres run() throws IOException {
		return EmbeddedPostgres.builder()
			.setDataDirectory(this.data)
			.setCleanDataDirectory(false)
			.setPort(this.port)
			.start();
	}

	/** Host, port and name of the database, as addresses end with them. */
	public String address() {
		return "localhost:" + this.port + "/postgres";
	}

	/** What a {@link TestGateway} needs to use it. */
	public List<String> settings() {
		return List.of("spring.r2dbc.url=r2dbc:postgresql://" + address(), "spring.r2dbc.username=postgres",
				"spring.r2dbc.password=postgres", "spring.flyway.url=jdbc:postgresql://" + address(),
				"spring.flyway.user=postgres", "spring.flyway.password=postgres");
	}

	/** Stops it: nobody listens any more. */
	public void stop() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Ends {@link #stop()}. */
	public void startAgain() {
		try {
			this.server = run();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Freezes it: connections stay, and nothing is answered. */
	public void pause() {
		signal("-STOP");
	}

	/** Ends {@link #pause()}. */
	public void resume() {
		signal("-CONT");
	}

	/** Each connection has a process of its own. */
	private void signal(String name) {
		try {
			long pid = Long.parseLong(Files.readAllLines(this.data.resolve("postmaster.pid")).getFirst().strip());
			ProcessHandle main = ProcessHandle.of(pid).orElseThrow();
			List<String> command = new ArrayList<>(List.of("kill", name));
			Stream.concat(Stream.of(main), main.descendants())
				.map((each) -> String.valueOf(each.pid()))
				.forEach(command::add);
			if (!new ProcessBuilder(command).inheritIO().start().waitFor(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("kill does not end");
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

	@Override
	public void close() {
		stop();
		try {
			FileSystemUtils.deleteRecursively(this.data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
