package pl.bramka.gateway.invoices;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the pretended billing: hands everything on to it but the files, which are
 * played as a test says. For files that are larger, slower or worse than those of the
 * pretended one.
 */
final class PretendedFiles implements AutoCloseable {

	static final byte[] BEGINNING = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final HttpClient client = HttpClient.newHttpClient();

	private final HttpServer server;

	private final List<String> asked = new CopyOnWriteArrayList<>();

	private volatile @Nullable URI behind;

	private volatile Script script = (exchange) -> exchange.close();

	PretendedFiles() {
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

	/** What happens when a file is asked for. */
	interface Script {

		void play(HttpExchange exchange) throws IOException, InterruptedException;

	}

	/** The whole of a file with a length. */
	static Script of(byte[] file) {
		return (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/pdf");
			exchange.getResponseHeaders().set("Set-Cookie", "SAP_SESSION=secret");
			exchange.getResponseHeaders().set("X-Powered-By", "SAP");
			exchange.getResponseHeaders().set("Cache-Control", "public, max-age=3600");
			exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"Kowalska.pdf\"");
			exchange.sendResponseHeaders(200, file.length);
			exchange.getResponseBody().write(file);
		};
	}

	/** Some bytes of this type with this status. */
	static Script page(int status, String type, String body) {
		return (exchange) -> {
			byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", type);
			exchange.sendResponseHeaders(status, bytes.length);
			exchange.getResponseBody().write(bytes);
		};
	}

	void relayTo(URI billing) {
		this.behind = billing;
	}

	void play(Script next) {
		this.script = next;
		this.asked.clear();
	}

	/** The files that were asked for since the last script. */
	List<String> asked() {
		return List.copyOf(this.asked);
	}

	URI uri() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			if (exchange.getRequestURI().getPath().contains("/InvoicePDFs(")) {
				this.asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
				this.script.play(exchange);
			}
			else {
				relay(exchange);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void relay(HttpExchange exchange) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(this.behind + exchange.getRequestURI().toString()));
		for (String header : List.of("Authorization", "Accept", "Request-Id")) {
			request.header(header, exchange.getRequestHeaders().getFirst(header));
		}
		HttpResponse<byte[]> answer = this.client.send(request.build(), BodyHandlers.ofByteArray());
		exchange.getResponseHeaders().set("Content-Type", answer.headers().firstValue("Content-Type").orElse(""));
		exchange.sendResponseHeaders(answer.statusCode(), (answer.body().length > 0) ? answer.body().length : -1);
		exchange.getResponseBody().write(answer.body());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.client.close();
		this.threads.shutdownNow();
	}

}
