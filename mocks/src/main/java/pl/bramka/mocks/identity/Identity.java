package pl.bramka.mocks.identity;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.faults.FaultPlayer;
import pl.bramka.mocks.personas.Personas;

/**
 * The identity provider: realm {@code portal} with one confidential client. The accounts
 * can be changed as the portal would change them, behind the gateway's back.
 */
public final class Identity implements FaultPlayer {

	/** The one realm. */
	public static final String REALM = "portal";

	private final URI issuer;

	private final SigningKeys keys = new SigningKeys();

	private final Logins logins = new Logins();

	private final Users users;

	private final TokenEndpoint tokens;

	private final AuthEndpoint auth;

	private final AdminEndpoint admin;

	/**
	 * A provider.
	 * @param base its own base URL, from which the issuer is made
	 * @param personas who has an account
	 * @param clock tells when tokens are issued and expire
	 */
	public Identity(URI base, Personas personas, Clock clock) {
		this.issuer = URI.create(base + "/realms/" + REALM);
		this.users = new Users(personas);
		this.tokens = new TokenEndpoint(this.issuer, clock, this.keys, this.users, this.logins);
		this.auth = new AuthEndpoint(this.issuer, clock, this.users, this.logins);
		this.admin = new AdminEndpoint(base, clock, this.keys, this.users);
	}

	/**
	 * The issuer of every token.
	 * @return base URL of the realm
	 */
	public URI issuer() {
		return this.issuer;
	}

	/**
	 * Signs with a new key from now on; the one before stays published.
	 */
	public void rotateKeys() {
		this.keys.rotate();
	}

	/**
	 * Locks an account as too many wrong passwords would: it answers like a wrong
	 * password, and its sessions end.
	 * @param email of the account
	 */
	public void lock(String email) {
		this.logins.closeAllOf(this.users.change(email, (user) -> user.locked(true)).id());
	}

	/**
	 * Unlocks an account.
	 * @param email of the account
	 */
	public void unlock(String email) {
		this.users.change(email, (user) -> user.locked(false));
	}

	/**
	 * Changes a password as the portal would; the account's sessions end.
	 * @param email of the account
	 * @param password the new one
	 */
	public void changePassword(String email, String password) {
		this.logins.closeAllOf(this.users.change(email, (user) -> user.withPassword(password)).id());
	}

	/**
	 * Follows the link of the e-mail: no required action is left.
	 * @param email of the account
	 */
	public void finishSetUp(String email) {
		this.users.change(email, User::setUp);
	}

	/**
	 * Lets every authorization code that is on its way grow too old.
	 */
	public void expireCodes() {
		this.logins.expireCodes();
	}

	/**
	 * Plays single sign-on: whoever comes with a browser logged in this long ago, unless
	 * asked to do it again with {@code prompt=login}.
	 * @param ago how long; negative for a clock that is fast, null to say nothing of it
	 */
	public void loggedInBefore(@Nullable Duration ago) {
		this.auth.loggedIn(ago);
	}

	/**
	 * Connects an account with a customer, as the portal does once it was shown a
	 * contract; or with nobody.
	 * @param email of the account
	 * @param customerId AccountID, or null
	 */
	public void connect(String email, @Nullable String customerId) {
		this.users.change(email, (user) -> user.of(customerId));
	}

	/**
	 * The accounts that were registered since the start or the last reset.
	 * @return each as the portal shows it, without the password
	 */
	public List<Map<String, Object>> registered() {
		return this.users.registered().stream().map((user) -> {
			Map<String, Object> shown = user.representation();
			shown.put("terms", user.terms());
			return shown;
		}).toList();
	}

	/**
	 * The e-mails that the provider was asked to send.
	 * @return oldest first
	 */
	public List<Mail> mails() {
		return this.users.mails();
	}

	/**
	 * How many sessions are open at the provider.
	 * @return zero after a reset
	 */
	public int sessions() {
		return this.logins.size();
	}

	@Override
	public ResponseDefinition answer(Request request) {
		return answer(new Form(request), false);
	}

	@Override
	public ResponseDefinition answer(Request request, FaultKind kind) {
		Form form = new Form(request);
		if (kind == FaultKind.REFRESH_REUSED && form.field("grant_type").equals("refresh_token")) {
			return TokenEndpoint.notActive();
		}
		return answer(form, kind == FaultKind.UNKNOWN_KID);
	}

	@Override
	public void reset() {
		this.users.reset();
		this.logins.reset();
		this.auth.loggedIn(Duration.ZERO);
	}

	private ResponseDefinition answer(Form form, boolean unknownKey) {
		String path = form.path();
		if (path.matches("/admin/realms/" + REALM + "/users(/.*)?")) {
			return this.admin.answer(form);
		}
		if (!path.startsWith(this.issuer.getPath() + "/")) {
			return Reply.error(404, "Realm does not exist", null);
		}
		String method = form.request().getMethod().getName();
		return switch (method + " " + path.substring(this.issuer.getPath().length())) {
			case "GET /.well-known/openid-configuration" -> Reply.json(200, discovery());
			case "GET /protocol/openid-connect/certs" -> Reply.json(200, this.keys.published());
			case "GET /protocol/openid-connect/auth" -> this.auth.answer(form);
			case "POST /protocol/openid-connect/token" -> this.tokens.token(form, unknownKey);
			case "POST /protocol/openid-connect/logout" -> this.tokens.logout(form);
			case "POST /protocol/openid-connect/revoke" -> this.tokens.revoke(form);
			default -> Reply.notFound();
		};
	}

	private Map<String, Object> discovery() {
		String endpoints = this.issuer + "/protocol/openid-connect/";
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("issuer", this.issuer.toString());
		document.put("authorization_endpoint", endpoints + "auth");
		document.put("token_endpoint", endpoints + "token");
		document.put("jwks_uri", endpoints + "certs");
		document.put("end_session_endpoint", endpoints + "logout");
		document.put("revocation_endpoint", endpoints + "revoke");
		document.put("grant_types_supported",
				List.of("authorization_code", "refresh_token", "password", "client_credentials"));
		document.put("response_types_supported", List.of("code"));
		document.put("subject_types_supported", List.of("public"));
		document.put("id_token_signing_alg_values_supported", List.of("RS256"));
		document.put("code_challenge_methods_supported", List.of("S256"));
		document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
		document.put("authorization_response_iss_parameter_supported", true);
		return document;
	}

}
