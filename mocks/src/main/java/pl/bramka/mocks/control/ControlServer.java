package pl.bramka.mocks.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The control server: routes in, JSON out, on the loopback interface.
 */
public final class ControlServer implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/** Longest body that is read, in bytes. */
	private static final int LONGEST_BODY = 64 * 1024;

	private final HttpServer server;

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final List<Route> routes;

	/**
	 * Starts a server.
	 * @param port where; 0 is any free port
	 * @param routes what can be asked
	 */
	public ControlServer(int port, List<Route> routes) {
		this.routes = routes;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The control port " + port + " cannot be opened", ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.executor);
		this.server.start();
	}

	/**
	 * Base URL of the server.
	 * @return without a path
	 */
	public URI uri() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.close();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Answer answer = answer(exchange);
			byte[] body = (answer.body() != null) ? JSON.writeValueAsBytes(answer.body()) : new byte[0];
			if (body.length > 0) {
				exchange.getResponseHeaders().set("Content-Type", "application/json");
			}
			exchange.sendResponseHeaders(answer.status(), (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
		}
	}

	private Answer answer(HttpExchange exchange) throws IOException {
		String method = exchange.getRequestMethod();
		String path = exchange.getRequestURI().getPath();
		List<Route> here = this.routes.stream().filter((route) -> route.variables(path).isPresent()).toList();
		Optional<Route> route = here.stream().filter((each) -> each.method().equals(method)).findFirst();
		if (route.isEmpty()) {
			return here.isEmpty() ? Answer.wrong(404, "nothing at " + path + "; GET / lists what there is")
					: Answer.wrong(405, method + " is not possible at " + path);
		}
		try {
			Order order = new Order(route.get().variables(path).orElseThrow(), body(exchange));
			@Nullable Object result = route.get().action().run(order);
			return new Answer((result != null) ? 200 : 204, result);
		}
		catch (JacksonException ex) {
			return Answer.wrong(400, "the body is no JSON: " + ex.getOriginalMessage());
		}
		catch (IllegalArgumentException ex) {
			return Answer.wrong(400, String.valueOf(ex.getMessage()));
		}
		catch (RuntimeException ex) {
			return Answer.wrong(500, ex.toString());
		}
	}

	private static JsonNode body(HttpExchange exchange) throws IOException {
		byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY);
		String text = new String(bytes, StandardCharsets.UTF_8);
		JsonNode body = JSON.readTree(text.isBlank() ? "{}" : text);
		if (!body.isObject()) {
			throw new IllegalArgumentException("the body must be a JSON object");
		}
		return body;
	}

	private record Answer(int status, @Nullable Object body) {

		static Answer wrong(int status, String reason) {
			return new Answer(status, Map.of("error", reason));
		}

	}

}
