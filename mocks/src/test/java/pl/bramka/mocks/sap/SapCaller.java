package pl.bramka.mocks.sap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls a pretended system over HTTP, as the technical user.
 */
public final class SapCaller implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newHttpClient();

	private final WireMockServer server;

	private final String base;

	private String token = "";

	private String cookie = "";

	public SapCaller(String basePath, Function<Request, ResponseDefinition> system) {
		this.server = new WireMockServer(
				WireMockConfiguration.options().dynamicPort().extensions(new Answering(system)));
		this.server.stubFor(WireMock.any(WireMock.anyUrl()));
		this.server.start();
		this.base = this.server.baseUrl() + basePath;
	}

	/** A request as the technical user; the path is relative, its query encoded. */
	public HttpRequest.Builder request(String path) {
		return anonymous(path)
			.header("Authorization",
					"Basic " + Base64.getEncoder()
						.encodeToString("BRAMKA:local-technical-password".getBytes(StandardCharsets.UTF_8)))
			.header("Accept", "application/json");
	}

	public HttpRequest.Builder anonymous(String path) {
		return HttpRequest.newBuilder(URI.create(this.base + path));
	}

	/** Encodes the value of a query option. */
	public static String encoded(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	public HttpResponse<String> send(HttpRequest.Builder request) {
		return send(request, HttpResponse.BodyHandlers.ofString());
	}

	public <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
		try {
			return this.client.send(request.build(), body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** What {@code d} of an answer is. */
	public JsonNode get(String path) {
		HttpResponse<String> answer = send(request(path));
		if (answer.statusCode() != 200) {
			throw new AssertionError(answer.statusCode() + " " + answer.body());
		}
		return tree(answer).path("d");
	}

	/** The entities of a collection. */
	public List<JsonNode> list(String path) {
		return get(path).path("results").valueStream().toList();
	}

	/** The values of one property over a collection. */
	public List<String> texts(String path, String property) {
		return list(path).stream().map((entity) -> entity.path(property).stringValue()).toList();
	}

	/** A writing request, with a token and its cookies. */
	public HttpResponse<String> write(String method, String path, String body) {
		if (this.token.isEmpty()) {
			HttpResponse<String> fetched = send(request("").header("X-CSRF-Token", "Fetch"));
			this.token = fetched.headers().firstValue("X-CSRF-Token").orElseThrow();
			this.cookie = cookies(fetched);
		}
		return send(request(path).header("X-CSRF-Token", this.token)
			.header("Cookie", this.cookie)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(body)));
	}

	public static String cookies(HttpResponse<String> answer) {
		return answer.headers()
			.allValues("Set-Cookie")
			.stream()
			.map((cookie) -> cookie.replaceFirst(";.*", ""))
			.collect(Collectors.joining("; "));
	}

	public static JsonNode tree(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

	/** The code of an error answer. */
	public static String code(HttpResponse<String> answer) {
		return tree(answer).path("error").path("code").stringValue();
	}

	@Override
	public void close() {
		this.server.stop();
	}

	private record Answering(Function<Request, ResponseDefinition> system) implements ResponseDefinitionTransformerV2 {

		@Override
		public ResponseDefinition transform(ServeEvent event) {
			return this.system.apply(event.getRequest());
		}

		@Override
		public String getName() {
			return "answering";
		}

	}

}
