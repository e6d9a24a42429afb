package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

import org.springframework.util.FileSystemUtils;

/**
 * A real Redis with a password, on a port of its own that it keeps: it can be killed and
 * started again, and it can be frozen, as if its machine had stopped.
 */
public final class TestRedis implements AutoCloseable {

	private static final String PASSWORD = "pa55-of-redis";

	private final Path folder;

	private final Path executable;

	private final int port;

	private @Nullable Process process;

	private TestRedis(Path folder, Path executable, int port) {
		this.folder = folder;
		this.executable = executable;
		this.port = port;
	}

	/** Starts one. */
	public static TestRedis start() {
		TestRedis redis = notStarted();
		redis.startAgain();
		return redis;
	}

	/** One that nobody has started yet. */
	public static TestRedis notStarted() {
		try (ServerSocket free = new ServerSocket(0)) {
			Path folder = Files.createTempDirectory("bramka-redis");
			Path executable = ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
			return new TestRedis(folder, executable, free.getLocalPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Where it listens: what {@code bramka.nodes.redis} wants. */
	public String url() {
		return "redis://:" + PASSWORD + "@127.0.0.1:" + this.port;
	}

	/** Kills it, with everything it knows. */
	public void kill() {
		if (this.process != null) {
			await(this.process.destroyForcibly());
			this.process = null;
		}
	}

	/** Starts it, empty. */
	public void startAgain() {
		try {
			this.process = new ProcessBuilder(this.executable.toString(), "--port", String.valueOf(this.port), "--bind",
					"127.0.0.1", "--requirepass", PASSWORD, "--save", "", "--dir", this.folder.toString())
				.redirectErrorStream(true)
				.redirectOutput(this.folder.resolve("log").toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20)).until(this::answers);
	}

	/** Makes it forget everything it knows. */
	public void flush() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("AUTH " + PASSWORD + "\r\nFLUSHALL\r\n").getBytes(StandardCharsets.US_ASCII));
			byte[] answers = socket.getInputStream().readNBytes("+OK\r\n+OK\r\n".length());
			if (!"+OK\r\n+OK\r\n".equals(new String(answers, StandardCharsets.US_ASCII))) {
				throw new IllegalStateException("Redis forgets nothing");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Freezes it: connections stay, and nothing is answered. */
	public void pause() {
		signal("STOP");
	}

	/** Ends {@link #pause()}. */
	public void resume() {
		signal("CONT");
	}

	@Override
	public void close() {
		kill();
		try {
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Asks without the password: it answers that it wants one. */
	private boolean answers() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(1_000);
			socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
			return socket.getInputStream().read() == '-';
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void signal(String name) {
		try {
			long pid = Objects.requireNonNull(this.process).pid();
			await(new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).inheritIO().start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void await(Process ending) {
		try {
			if (!ending.waitFor(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("a process does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
