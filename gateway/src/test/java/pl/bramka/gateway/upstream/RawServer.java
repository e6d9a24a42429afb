package pl.bramka.gateway.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server one layer below HTTP, for what only a socket shows: silence, drops, resets and
 * when the other side closes.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Conversation conversation;

	RawServer(Conversation conversation) {
		this.conversation = conversation;
		try {
			this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	/** What the server does with one connection. */
	interface Conversation {

		void on(Peer peer) throws IOException, InterruptedException;

	}

	/** One connection. */
	final class Peer {

		private final Socket socket;

		private Peer(Socket socket) {
			this.socket = socket;
		}

		/** Reads one whole request; its method, or nothing once the peer has closed. */
		String request() throws IOException {
			InputStream in = this.socket.getInputStream();
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				int next = in.read();
				if (next < 0) {
					return "";
				}
				head.append((char) next);
			}
			in.readNBytes(bodyLength(head.toString()));
			RawServer.this.requests.add(head.toString());
			return head.substring(0, head.indexOf(" "));
		}

		void say(String text) throws IOException {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		}

		void answer(String json, String... headers) throws IOException {
			say("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
					+ String.join("", List.of(headers).stream().map((header) -> header + "\r\n").toList())
					+ "Content-Length: " + json.length() + "\r\n\r\n" + json);
		}

		/** Waits until the other side has closed. */
		void untilClosed() {
			try {
				while (this.socket.getInputStream().read() >= 0) {
					// Whatever comes, it is not the end.
				}
			}
			catch (IOException ex) {
				// A reset is an end too.
			}
		}

		/** Half of a close: the other side reads the end. */
		void sayNoMore() throws IOException {
			this.socket.shutdownOutput();
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		private static int bodyLength(String head) {
			return head.lines()
				.map((line) -> line.toLowerCase(Locale.ROOT))
				.filter((line) -> line.startsWith("content-length:"))
				.map((line) -> Integer.parseInt(line.substring(15).strip()))
				.findFirst()
				.orElse(0);
		}

	}

	URI uri() {
		return URI.create("http://localhost:" + this.server.getLocalPort());
	}

	/** The requests of this method that were read, on all connections. */
	long requests(String method) {
		return this.requests.stream().filter((request) -> request.startsWith(method + " ")).count();
	}

	int connections() {
		return this.connections.size();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.connections.add(socket);
				this.threads.execute(() -> talk(socket));
			}
		}
		catch (IOException ex) {
			// Closed: the test is over.
		}
	}

	private void talk(Socket socket) {
		try (socket) {
			this.conversation.on(new Peer(socket));
		}
		catch (IOException ex) {
			// The other side left, as tests expect of it.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket socket : this.connections) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

}
