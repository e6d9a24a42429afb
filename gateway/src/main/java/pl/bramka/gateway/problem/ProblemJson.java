package pl.bramka.gateway.problem;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * The body of a problem (RFC 9457).
 */
@Component
public final class ProblemJson {

	private final JsonMapper json;

	ProblemJson(JsonMapper json) {
		this.json = json;
	}

	/**
	 * The body.
	 * @param problem what went wrong
	 * @param language the language of its sentence
	 * @param requestId the id of the request
	 * @return JSON in UTF-8
	 */
	public byte[] of(Problem problem, Language language, String requestId) {
		ProblemCode code = problem.code();
		Map<String, Object> members = new LinkedHashMap<>();
		members.put("type", code.type());
		members.put("title", code.title());
		members.put("status", code.status().value());
		members.put("detail", code.detail(language));
		members.put("code", code.code());
		members.put("retryable", code.retryable());
		members.put("requestId", requestId);
		members.putAll(problem.members());
		return this.json.writeValueAsBytes(members);
	}

}
