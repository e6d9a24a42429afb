package pl.bramka.gateway.docs;

import java.util.Map;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.webjars.WebJarVersionLocator;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API's description and the page that shows it. The page is Swagger UI, with
 * everything it needs below its own path, and only reads: a browser cannot make a
 * device's proofs.
 */
@RestController
final class DocsController {

	/**
	 * Nothing from anywhere else and nothing inline. Swagger UI draws its icons with
	 * images inside its style sheet.
	 */
	private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

	private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");

	private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");

	/** What the build recorded of the code. */
	private final Bytes document = Bytes.of("docs/openapi.json");

	private final Map<String, Bytes> page;

	DocsController(DocsProperties settings) {
		this.page = settings.page() ? Map.of("index.html", Bytes.of("docs/index.html"), "start.js",
				Bytes.of("docs/start.js"), "swagger-ui.css", swaggerUi("swagger-ui.css"), "swagger-ui-bundle.js",
				swaggerUi("swagger-ui-bundle.js")) : Map.of();
	}

	private static Bytes swaggerUi(String file) {
		return Bytes.of(String.valueOf(new WebJarVersionLocator().fullPath("swagger-ui", file)));
	}

	/**
	 * This document. It is the same in every installation of a version, so it may be
	 * kept.
	 * @return this document
	 */
	@GetMapping("/v1/openapi.json")
	@ApiResponse(responseCode = "200",
			content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object")))
	ResponseEntity<DataBuffer> openApi() {
		return this.document.ok(MediaType.APPLICATION_JSON);
	}

	@Hidden
	@GetMapping("/v1/docs")
	ResponseEntity<DataBuffer> page() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Content-Security-Policy", POLICY);
		return file("index.html").ok(HTML, headers);
	}

	@Hidden
	@GetMapping("/v1/docs/swagger-ui.css")
	ResponseEntity<DataBuffer> style() {
		return file("swagger-ui.css").ok(STYLE);
	}

	@Hidden
	@GetMapping({ "/v1/docs/swagger-ui-bundle.js", "/v1/docs/start.js" })
	ResponseEntity<DataBuffer> script(ServerHttpRequest request) {
		return file(request.getPath().elements().getLast().value()).ok(SCRIPT);
	}

	private Bytes file(String name) {
		Bytes file = this.page.get(name);
		if (file == null) {
			throw Problem.of(ProblemCode.NOT_FOUND);
		}
		return file;
	}

}
