package pl.bramka.mocks.sap;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One OData service: logon, security token, reading and writing, and the form of every
 * answer.
 */
public final class SapSystem {

	private static final JsonMapper JSON = new JsonMapper();

	private final String name;

	private final String base;

	private final Map<String, EntitySet> sets = new LinkedHashMap<>();

	private final Answers answers = new Answers();

	private final Reads reads;

	private final Sessions sessions;

	private final FaultBody faults;

	/**
	 * A service below {@code /sap/opu/odata/sap/}.
	 * @param name technical name of the service, also the namespace of its types
	 * @param clock tells when a session ends
	 * @param sets the entity sets
	 * @param functions the function imports
	 */
	public SapSystem(String name, Clock clock, List<EntitySet> sets, List<FunctionImport> functions) {
		this.name = name;
		this.base = "/sap/opu/odata/sap/" + name + "/";
		sets.forEach((set) -> this.sets.put(set.name(), set));
		Map<String, FunctionImport> byName = new LinkedHashMap<>();
		functions.forEach((function) -> byName.put(function.name(), function));
		this.reads = new Reads(name, this.base, this.sets, byName, this.answers);
		this.sessions = new Sessions(clock);
		this.faults = new FaultBody(name, clock);
	}

	/** Answers one request. */
	public ResponseDefinition answer(Request request) {
		if (!Logon.succeeds(request)) {
			return Logon.refusal();
		}
		String method = request.getMethod().getName();
		boolean reading = method.equals("GET") || method.equals("HEAD");
		if (!reading && !this.sessions.allows(request)) {
			return forbidden();
		}
		ResponseDefinitionBuilder answer;
		try {
			answer = reading ? read(request) : write(request, method);
		}
		catch (SapFault fault) {
			answer = failed(request, fault);
		}
		if (reading && "Fetch".equalsIgnoreCase(request.getHeader(Sessions.TOKEN))) {
			Sessions.Session session = this.sessions.open(request);
			answer.withHeader(Sessions.TOKEN, session.token())
				.withHeader("Set-Cookie", "sap-usercontext=sap-client=100; path=/",
						Sessions.COOKIE + "=" + session.id() + "; path=/; HttpOnly");
		}
		return answer.build();
	}

	/**
	 * To be called after rows have changed by another way than a request.
	 */
	public void changed() {
		this.answers.forget();
	}

	/** Ends every session: the next write has to fetch a token again. */
	public void reset() {
		this.sessions.clear();
		changed();
	}

	private ResponseDefinitionBuilder read(Request request) {
		Answers.Answer answer = this.reads.read(request);
		return answer(200, answer.type(), answer.body());
	}

	private ResponseDefinitionBuilder write(Request request, String method) {
		Target target = Target.of(request, this.base);
		if (target.path().isEmpty()) {
			throw SapFault.notAllowed(method);
		}
		Resource resource = Resource.at(this.sets, target.path());
		try {
			return write(request, method, target.root(), resource);
		}
		finally {
			changed();
		}
	}

	private ResponseDefinitionBuilder write(Request request, String method, String root, Resource resource) {
		EntitySet set = resource.set();
		if (method.equals("POST") && resource.many()) {
			Row created = set.create(body(request));
			return answer(201, Answers.Answer.JSON,
					EntityJson.document(root, this.name, (json) -> json.entity(set, created, set.echo(), Paths.NONE)))
				.withHeader("Location", root + set.path(created));
		}
		if (method.equals("PUT") && !resource.many()) {
			set.replace(resource.row(), body(request));
		}
		else if (method.equals("DELETE") && !resource.many()) {
			set.remove(resource.row());
		}
		else {
			throw SapFault.notAllowed(method);
		}
		return ResponseDefinitionBuilder.responseDefinition().withStatus(204).withHeader("dataserviceversion", "2.0");
	}

	private static ObjectNode body(Request request) {
		String type = request.getHeader("Content-Type");
		if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
			throw SapFault.unsupportedMedia();
		}
		try {
			if (JSON.readTree(request.getBody()) instanceof ObjectNode body) {
				return (body.get("d") instanceof ObjectNode inner) ? inner : body;
			}
		}
		catch (JacksonException ex) {
			throw SapFault.malformed("The request body is not valid JSON");
		}
		throw SapFault.malformed("The request body is not an entity");
	}

	private ResponseDefinitionBuilder failed(Request request, SapFault fault) {
		String accept = request.getHeader("Accept");
		if ((accept != null && accept.contains("json")) || request.getUrl().contains("$format=json")) {
			return answer(fault.status(), Answers.Answer.JSON, this.faults.json(fault));
		}
		return answer(fault.status(), "application/xml;charset=utf-8", this.faults.xml(fault));
	}

	private static ResponseDefinition forbidden() {
		return answer(403, "text/plain;charset=utf-8", "CSRF token validation failed".getBytes(StandardCharsets.UTF_8))
			.withHeader(Sessions.TOKEN, "Required")
			.build();
	}

	private static ResponseDefinitionBuilder answer(int status, String type, byte[] body) {
		return ResponseDefinitionBuilder.responseDefinition()
			.withStatus(status)
			.withHeader("dataserviceversion", "2.0")
			.withHeader("Content-Type", type)
			.withBody(body);
	}

}
