package pl.bramka.mocks.identity;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.nimbusds.jwt.JWTClaimsSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of the admin API that registers portal accounts and sends e-mails; for the
 * service account only.
 */
final class AdminEndpoint {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String ACTIONS = "/execute-actions-email";

	private static final int SHORTEST_PASSWORD = 8;

	/** On the realm's list of passwords that are guessed first. */
	private static final Set<String> GUESSED_FIRST = Set.of("Password-123", "Qwerty-12345");

	private final URI users;

	private final Clock clock;

	private final SigningKeys keys;

	private final Users accounts;

	AdminEndpoint(URI base, Clock clock, SigningKeys keys, Users accounts) {
		this.users = URI.create(base + "/admin/realms/" + Identity.REALM + "/users");
		this.clock = clock;
		this.keys = keys;
		this.accounts = accounts;
	}

	ResponseDefinition answer(Form form) {
		Optional<JWTClaimsSet> caller = caller(form.request());
		if (caller.isEmpty()) {
			return Reply.error(401, "HTTP 401 Unauthorized", null);
		}
		if (!("service-account-" + Client.ID).equals(caller.get().getSubject())) {
			return Reply.error(403, "HTTP 403 Forbidden", null);
		}
		try {
			return routed(form, form.path().substring(this.users.getPath().length()));
		}
		catch (JacksonException ex) {
			return Reply.error(400, "unable to read contents from stream", null);
		}
	}

	private ResponseDefinition routed(Form form, String rest) {
		String method = form.request().getMethod().getName();
		if (rest.isEmpty()) {
			return switch (method) {
				case "POST" -> create(JSON.readTree(form.request().getBodyAsString()));
				case "GET" -> Reply.json(200, found(form).stream().map(User::representation).toList());
				default -> Reply.empty(405);
			};
		}
		String id = rest.substring(1).replaceFirst("/.*", "");
		Optional<User> user = this.accounts.byId(id);
		if (user.isEmpty()) {
			return Reply.error(404, "User not found", null);
		}
		if (rest.endsWith(ACTIONS) && method.equals("PUT")) {
			return send(user.get(), JSON.readTree(form.request().getBodyAsString()));
		}
		return method.equals("GET") ? Reply.json(200, user.get().representation()) : Reply.empty(405);
	}

	private List<User> found(Form form) {
		String email = form.query("email").isEmpty() ? form.query("username") : form.query("email");
		return form.query("exact").equals("true") ? this.accounts.byEmail(email).stream().toList()
				: this.accounts.withEmailLike(email);
	}

	private ResponseDefinition create(JsonNode user) {
		String email = user.path("email").asString(user.path("username").asString(""));
		if (!email.contains("@")) {
			return Reply.json(400, Map.of("errorMessage", "User name is missing"));
		}
		if (this.accounts.byEmail(email).isPresent()) {
			return taken();
		}
		String password = user.path("credentials").path(0).path("value").asString("");
		if (!password.isEmpty() && (password.length() < SHORTEST_PASSWORD || GUESSED_FIRST.contains(password))) {
			return Reply.json(400, Map.of("errorMessage", "Password policy not met"));
		}
		boolean setUp = user.path("emailVerified").asBoolean(false) && user.path("requiredActions").isEmpty();
		String customer = user.path("attributes").path("customer_id").path(0).asString("");
		return this.accounts
			.register(email, password, customer.isEmpty() ? null : customer, setUp,
					user.path("attributes").path("terms_version").path(0).asString(""))
			.map((created) -> new ResponseDefinitionBuilder().withStatus(201)
				.withHeader("Location", this.users + "/" + created.id())
				.build())
			.orElseGet(AdminEndpoint::taken);
	}

	private static ResponseDefinition taken() {
		return Reply.json(409, Map.of("errorMessage", "User exists with same email"));
	}

	private ResponseDefinition send(User user, JsonNode actions) {
		if (!actions.isArray() || actions.isEmpty()) {
			return Reply.json(400, Map.of("errorMessage", "Provided invalid required actions"));
		}
		this.accounts.send(new Mail(user.email(), actions.valueStream().map((action) -> action.asString("")).toList()));
		return Reply.empty(204);
	}

	private Optional<JWTClaimsSet> caller(Request request) {
		String header = request.getHeader("Authorization");
		return Optional.ofNullable(header)
			.filter((value) -> value.startsWith("Bearer "))
			.flatMap((value) -> this.keys.verified(value.substring("Bearer ".length())))
			.filter((claims) -> claims.getExpirationTime().toInstant().isAfter(this.clock.instant()));
	}

}
