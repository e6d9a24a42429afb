package pl.bramka.gateway.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An HTTP server that answers as a test says, and notes what it received and how much of
 * it at once. For what the pretended systems are too well-behaved to answer.
 */
final class ScriptedUpstream implements AutoCloseable {

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpServer server;

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final AtomicInteger atOnce = new AtomicInteger();

	private final AtomicInteger mostAtOnce = new AtomicInteger();

	private volatile Script script;

	private ScriptedUpstream(Script script) {
		this.script = script;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/** What the server does with one request. */
	interface Script {

		void play(HttpExchange exchange) throws IOException, InterruptedException;

	}

	record Received(String method, String uri, Headers headers, String body) {

		String header(String name) {
			return String.valueOf(this.headers.getFirst(name));
		}

	}

	static ScriptedUpstream playing(Script script) {
		return new ScriptedUpstream(script);
	}

	/** Always the same JSON. */
	static ScriptedUpstream answering(int status, String json) {
		return new ScriptedUpstream((exchange) -> json(exchange, status, json));
	}

	/** One with a good handshake, that does with changes as the script says. */
	static ScriptedUpstream takingChanges(Script script) {
		return new ScriptedUpstream((exchange) -> {
			if (exchange.getRequestMethod().equals("GET")) {
				exchange.getResponseHeaders().set("X-CSRF-Token", "token-1");
				exchange.getResponseHeaders().add("Set-Cookie", "SAP_SESSION=session-1; path=/; HttpOnly");
				json(exchange, 200, "{\"d\":{\"EntitySets\":[]}}");
			}
			else {
				script.play(exchange);
			}
		});
	}

	void nowPlays(Script script) {
		this.script = script;
	}

	URI uri() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	List<Received> received() {
		return List.copyOf(this.received);
	}

	List<Received> received(String method) {
		return this.received.stream().filter((request) -> request.method().equals(method)).toList();
	}

	int mostAtOnce() {
		return this.mostAtOnce.get();
	}

	static void json(HttpExchange exchange, int status, String body) throws IOException {
		send(exchange, status, "application/json;charset=utf-8", body);
	}

	static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	/** SAP's error form. */
	static void error(HttpExchange exchange, int status, String code) throws IOException {
		json(exchange, status,
				"{\"error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"pl\",\"value\":\"Nie można\"}}}");
	}

	private void answer(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		this.mostAtOnce.accumulateAndGet(this.atOnce.incrementAndGet(), Math::max);
		this.received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
				exchange.getRequestHeaders(), body));
		try {
			this.script.play(exchange);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.atOnce.decrementAndGet();
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
