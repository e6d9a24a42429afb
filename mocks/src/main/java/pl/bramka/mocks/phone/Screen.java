package pl.bramka.mocks.phone;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the command line shows of an answer: the body on standard output, so that it can
 * be piped; status and headers worth a look on standard error.
 *
 * @param out for bodies
 * @param err for everything else
 */
record Screen(PrintWriter out, PrintWriter err) {

	private static final JsonMapper PRETTY = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final List<String> HEADERS = List.of("request-id", "location", "etag", "cache-control", "age",
			"ratelimit-policy", "ratelimit", "retry-after", "www-authenticate", "deprecation", "sunset", "warning");

	/**
	 * Shows an answer.
	 * @param answer of the gateway
	 * @param file for a body that is no text, or null
	 * @return exit code: 0 for success, 1 for a problem
	 */
	int show(HttpResponse<byte[]> answer, @Nullable Path file) throws IOException {
		return show(answer.statusCode(), answer.headers(), answer.body(), file);
	}

	int show(int status, HttpHeaders headers, byte[] body, @Nullable Path file) throws IOException {
		this.err.println("HTTP " + status);
		for (String header : HEADERS) {
			headers.allValues(header).forEach((value) -> this.err.println(header + ": " + value));
		}
		String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
		boolean good = status / 100 == 2;
		if (file != null && good) {
			Files.write(file, body);
			this.err.println(type + ", " + body.length + " bytes, written to " + file);
		}
		else if (type.contains("json") || type.startsWith("text/") || type.contains("xml")) {
			this.out.println(pretty(new String(body, StandardCharsets.UTF_8)));
		}
		else if (body.length > 0) {
			this.err.println(type + ", " + body.length + " bytes; --output FILE keeps them");
		}
		this.out.flush();
		this.err.flush();
		return good ? 0 : 1;
	}

	/** Says something beside the answers. */
	void say(String line) {
		this.err.println(line);
		this.err.flush();
	}

	private static String pretty(String body) {
		try {
			return PRETTY.writeValueAsString(PRETTY.readTree(body));
		}
		catch (JacksonException ex) {
			return body;
		}
	}

}
