package pl.bramka.mocks.identity;

import java.util.LinkedHashMap;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers of the provider in JSON.
 */
final class Reply {

	private static final JsonMapper JSON = JsonMapper.shared();

	private Reply() {
	}

	static ResponseDefinition json(int status, Object body) {
		return new ResponseDefinitionBuilder().withStatus(status)
			.withHeader("Content-Type", "application/json")
			.withHeader("Cache-Control", "no-store")
			.withBody(JSON.writeValueAsBytes(body))
			.build();
	}

	static ResponseDefinition empty(int status) {
		return new ResponseDefinitionBuilder().withStatus(status).build();
	}

	static ResponseDefinition error(int status, String error, @Nullable String description) {
		Map<String, String> body = new LinkedHashMap<>();
		body.put("error", error);
		if (description != null) {
			body.put("error_description", description);
		}
		return json(status, body);
	}

	static ResponseDefinition invalidGrant(String description) {
		return error(400, "invalid_grant", description);
	}

	static ResponseDefinition notFound() {
		return error(404, "RESTEASY003210: Could not find resource for full path", null);
	}

}
