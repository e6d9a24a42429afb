package pl.bramka.mocks.identity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pl.bramka.mocks.Caller;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.Ports;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class IdentityTest {

	private static final String OIDC = "/realms/portal/protocol/openid-connect/";

	private static final String PASSWORD = "Haslo-123!";

	// What RFC 7636 appendix B computes.
	private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

	private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

	private static Duration later = Duration.ZERO;

	private static final Mocks MOCKS = Mocks.start(Ports.FREE,
			((InstantSource) () -> Instant.now().plus(later)).withZone(ZoneOffset.UTC));

	private final Caller caller = new Caller();

	@BeforeEach
	void everythingAsWritten() {
		MOCKS.reset();
		later = Duration.ZERO;
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@Test
	void signsTokensThatTheDiscoveredKeysVerify() throws Exception {
		JsonNode document = json(this.caller.get(MOCKS.identity(), "/realms/portal/.well-known/openid-configuration"));
		assertThat(document.path("issuer").asString()).isEqualTo(MOCKS.identity() + "/realms/portal");
		JsonNode reply = json(passwordGrant("anna@example.com", PASSWORD));
		for (String name : new String[] { "access_token", "id_token", "refresh_token" }) {
			assertThat(verifies(reply.path(name).asString(), URI.create(document.path("jwks_uri").asString()))).as(name)
				.isTrue();
		}
	}

	@Test
	void saysWhoSignedIn() throws Exception {
		JsonNode reply = json(passwordGrant("Anna@Example.com", PASSWORD));
		assertThat(reply.propertyNames()).contains("access_token", "expires_in", "refresh_expires_in", "refresh_token",
				"token_type", "id_token", "session_state", "scope");
		JWTClaimsSet claims = claims(reply.path("access_token").asString());
		assertThat(claims.getIssuer()).isEqualTo(MOCKS.identityProvider().issuer().toString());
		assertThat(claims.getAudience()).contains("bramka-gateway");
		assertThat(claims.getSubject()).isEqualTo(MOCKS.personas().byName("anna").subject().toString());
		assertThat(claims.getClaims()).containsEntry("customer_id", MOCKS.personas().byName("anna").accountId())
			.containsEntry("azp", "bramka-gateway")
			.containsEntry("email", "anna@example.com")
			.containsEntry("sid", reply.path("session_state").asString())
			.containsEntry("session_state", reply.path("session_state").asString());
		assertThat(Duration.between(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
			.isEqualTo(Duration.ofSeconds(reply.path("expires_in").asLong()))
			.isEqualTo(Duration.ofMinutes(5));
	}

	@ParameterizedTest
	@CsvSource({ "anna@example.com, wrong, 401, Invalid user credentials",
			"nobody@example.com, Haslo-123!, 401, Invalid user credentials",
			"nowy@example.com, wrong, 401, Invalid user credentials",
			"nowy@example.com, Haslo-123!, 400, Account is not fully set up" })
	void refusesASignIn(String email, String password, int status, String description) throws IOException {
		HttpResponse<String> refusal = passwordGrant(email, password);
		assertThat(refusal.statusCode()).isEqualTo(status);
		assertThat(refusal.body())
			.isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"" + description + "\"}");
	}

	@Test
	void knowsItsClientByHeaderAndByForm() throws IOException {
		Map<String, String> form = Map.of("grant_type", "client_credentials");
		assertThat(token(form, "Authorization", "Basic YnJhbWthLWdhdGV3YXk6bG9jYWwtY2xpZW50LXNlY3JldA==").statusCode())
			.isEqualTo(200);
		assertThat(token(form, "Authorization", "Basic YnJhbWthLWdhdGV3YXk6d3Jvbmc=").statusCode()).isEqualTo(401);
		assertThat(token(form).body()).contains("\"error\":\"invalid_client\"");
		assertThat(grant(form).statusCode()).isEqualTo(200);
	}

	@Test
	void rotatesRefreshTokensAndRefusesAUsedOne() throws IOException {
		String first = refreshToken(passwordGrant("jan@example.com", PASSWORD));
		HttpResponse<String> rotated = refresh(first);
		assertThat(rotated.statusCode()).isEqualTo(200);
		assertThat(refreshToken(rotated)).isNotEqualTo(first);
		assertThat(refresh(first).statusCode()).isEqualTo(400);
		assertThat(refresh(first).body())
			.isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"}");
		assertThat(refresh(refreshToken(rotated)).statusCode()).isEqualTo(200);
	}

	@Test
	void refusesARefreshTokenThatExpiredOrIsNone() throws IOException {
		JsonNode reply = json(passwordGrant("jan@example.com", PASSWORD));
		assertThat(refresh(reply.path("access_token").asString()).body()).contains("Token is not active");
		assertThat(refresh("nonsense").body()).contains("Token is not active");
		later = Duration.ofMinutes(31);
		assertThat(refresh(reply.path("refresh_token").asString()).body()).contains("Token is not active");
	}

	@Test
	void endsASessionByLogoutAndByRevocation() throws IOException {
		String one = refreshToken(passwordGrant("jan@example.com", PASSWORD));
		assertThat(post("logout", Map.of("refresh_token", one)).statusCode()).isEqualTo(204);
		assertThat(refresh(one).statusCode()).isEqualTo(400);
		String two = refreshToken(passwordGrant("jan@example.com", PASSWORD));
		assertThat(post("revoke", Map.of("token", two)).statusCode()).isEqualTo(200);
		assertThat(post("revoke", Map.of("token", two)).statusCode()).isEqualTo(200);
		assertThat(refresh(two).statusCode()).isEqualTo(400);
		assertThat(MOCKS.identityProvider().sessions()).isZero();
	}

	@Test
	void givesACodeForTheBrowserThatWorksOnceWithItsVerifier() throws IOException {
		HttpResponse<String> redirect = auth("login_hint=anna&password=Haslo-123!&state=s%201&nonce=n-1");
		assertThat(redirect.statusCode()).isEqualTo(302);
		String location = redirect.headers().firstValue("Location").orElseThrow();
		assertThat(location).startsWith("https://app.example/back?").contains("&state=s+1", "&iss=");
		String code = location.replaceFirst(".*[?&]code=([^&]*).*", "$1");
		Map<String, String> form = Map.of("grant_type", "authorization_code", "code", code, "redirect_uri",
				"https://app.example/back", "code_verifier", VERIFIER);
		HttpResponse<String> reply = grant(form);
		assertThat(reply.statusCode()).isEqualTo(200);
		assertThat(json(reply).path("id_token").asString()).isNotEmpty();
		assertThat(grant(form).body()).contains("Code not valid");
	}

	@Test
	void refusesACodeWithAnotherVerifier() throws IOException {
		String location = auth("login_hint=anna&password=Haslo-123!").headers().firstValue("Location").orElseThrow();
		assertThat(grant(Map.of("grant_type", "authorization_code", "code",
				location.replaceFirst(".*[?&]code=([^&]*).*", "$1"), "redirect_uri", "https://app.example/back",
				"code_verifier", "another-verifier-that-is-long-enough-for-pkce"))
			.body()).contains("invalid_grant", "PKCE verification failed");
	}

	@Test
	void givesNoCodeForAWrongPasswordOrWithoutPkce() throws IOException {
		assertThat(auth("login_hint=anna&password=wrong").statusCode()).isEqualTo(401);
		assertThat(this.caller
			.get(MOCKS.identity(),
					OIDC + "auth?client_id=bramka-gateway&response_type=code"
							+ "&redirect_uri=https://app.example/back&login_hint=anna&password=Haslo-123!")
			.headers()
			.firstValue("Location")
			.orElseThrow()).contains("error=invalid_request");
	}

	@Test
	void publishesTheOldKeyBesideTheNew() throws Exception {
		String before = json(passwordGrant("jan@example.com", PASSWORD)).path("access_token").asString();
		MOCKS.identityProvider().rotateKeys();
		String after = json(passwordGrant("jan@example.com", PASSWORD)).path("access_token").asString();
		URI certs = URI.create(MOCKS.identity() + OIDC + "certs");
		assertThat(SignedJWT.parse(after).getHeader().getKeyID())
			.isNotEqualTo(SignedJWT.parse(before).getHeader().getKeyID());
		assertThat(verifies(before, certs)).isTrue();
		assertThat(verifies(after, certs)).isTrue();
		assertThat(this.caller.get(MOCKS.identity(), OIDC + "certs").body()).doesNotContain("\"d\"");
	}

	@Test
	void changesAccountsBehindTheBackOfTheGateway() throws IOException {
		Identity provider = MOCKS.identityProvider();
		String session = refreshToken(passwordGrant("jan@example.com", PASSWORD));
		provider.lock("jan@example.com");
		assertThat(refresh(session).body()).contains("Token is not active");
		assertThat(passwordGrant("jan@example.com", PASSWORD).body()).contains("Invalid user credentials");
		provider.unlock("jan@example.com");
		provider.changePassword("jan@example.com", "Nowe-456!");
		assertThat(passwordGrant("jan@example.com", PASSWORD).statusCode()).isEqualTo(401);
		assertThat(passwordGrant("jan@example.com", "Nowe-456!").statusCode()).isEqualTo(200);
		provider.finishSetUp("nowy@example.com");
		assertThat(passwordGrant("nowy@example.com", PASSWORD).statusCode()).isEqualTo(200);
		MOCKS.reset();
		assertThat(passwordGrant("jan@example.com", PASSWORD).statusCode()).isEqualTo(200);
		assertThat(passwordGrant("nowy@example.com", PASSWORD).statusCode()).isEqualTo(400);
	}

	@Test
	void registersAnAccountAndSendsItsMail() throws IOException {
		String bearer = "Bearer "
				+ json(grant(Map.of("grant_type", "client_credentials"))).path("access_token").asString();
		HttpResponse<String> created = register(bearer, "new@example.com");
		assertThat(created.statusCode()).isEqualTo(201);
		String user = created.headers().firstValue("Location").orElseThrow();
		assertThat(user).startsWith(MOCKS.identity() + "/admin/realms/portal/users/");
		assertThat(register(bearer, "NEW@example.com").statusCode()).isEqualTo(409);
		assertThat(register(bearer, "anna@example.com").statusCode()).isEqualTo(409);
		assertThat(passwordGrant("new@example.com", "Pierwsze-1").body()).contains("not fully set up");
		assertThat(this.caller
			.send("PUT", URI.create(user), "/execute-actions-email", "[\"VERIFY_EMAIL\"]", "Authorization", bearer)
			.statusCode()).isEqualTo(204);
		assertThat(MOCKS.identityProvider().mails())
			.containsExactly(new Mail("new@example.com", List.of("VERIFY_EMAIL")));
		assertThat(this.caller
			.get(MOCKS.identity(), "/admin/realms/portal/users?email=new@example.com&exact=true", "Authorization",
					bearer)
			.body()).contains(user.replaceFirst(".*/", ""));
	}

	@Test
	void refusesAPasswordThatIsGuessedFirstUnlessTheEmailIsTaken() throws IOException {
		String bearer = "Bearer "
				+ json(grant(Map.of("grant_type", "client_credentials"))).path("access_token").asString();
		String user = "{\"email\":\"%s\",\"credentials\":[{\"value\":\"Password-123\"}]}";
		HttpResponse<String> free = this.caller.send("POST", MOCKS.identity(), "/admin/realms/portal/users",
				user.formatted("new2@example.com"), "Authorization", bearer);
		assertThat(free.statusCode()).isEqualTo(400);
		assertThat(json(free).path("errorMessage").asString()).isEqualTo("Password policy not met");
		assertThat(this.caller
			.send("POST", MOCKS.identity(), "/admin/realms/portal/users", user.formatted("anna@example.com"),
					"Authorization", bearer)
			.statusCode()).isEqualTo(409);
	}

	@Test
	void findsByAPartOfAnEmailUnlessTheWholeIsMeant() throws IOException {
		String bearer = "Bearer "
				+ json(grant(Map.of("grant_type", "client_credentials"))).path("access_token").asString();
		String users = "/admin/realms/portal/users?email=nna@example.com";
		assertThat(json(this.caller.get(MOCKS.identity(), users, "Authorization", bearer)).size()).isOne();
		assertThat(json(this.caller.get(MOCKS.identity(), users + "&exact=true", "Authorization", bearer)).size())
			.isZero();
	}

	@Test
	void opensItsAdministrationToTheServiceAccountOnly() throws IOException {
		assertThat(register("Bearer nonsense", "new@example.com").statusCode()).isEqualTo(401);
		String customer = json(passwordGrant("anna@example.com", PASSWORD)).path("access_token").asString();
		assertThat(register("Bearer " + customer, "new@example.com").statusCode()).isEqualTo(403);
	}

	@Test
	void playsItsOwnFaults() throws Exception {
		String session = refreshToken(passwordGrant("jan@example.com", PASSWORD));
		MOCKS.faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.REFRESH_REUSED));
		assertThat(refresh(session).body()).contains("Token is not active");
		assertThat(passwordGrant("jan@example.com", PASSWORD).statusCode()).isEqualTo(200);
		MOCKS.faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNKNOWN_KID));
		String stranger = json(passwordGrant("jan@example.com", PASSWORD)).path("access_token").asString();
		assertThat(verifies(stranger, URI.create(MOCKS.identity() + OIDC + "certs"))).isFalse();
		MOCKS.faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.of("503")));
		assertThat(passwordGrant("jan@example.com", PASSWORD).statusCode()).isEqualTo(503);
	}

	private HttpResponse<String> passwordGrant(String email, String password) throws IOException {
		return grant(Map.of("grant_type", "password", "username", email, "password", password, "scope", "openid"));
	}

	private HttpResponse<String> refresh(String token) throws IOException {
		return grant(Map.of("grant_type", "refresh_token", "refresh_token", token));
	}

	private HttpResponse<String> grant(Map<String, String> form) throws IOException {
		return post("token", form);
	}

	private HttpResponse<String> post(String endpoint, Map<String, String> form) throws IOException {
		Map<String, String> whole = new HashMap<>(form);
		whole.put("client_id", "bramka-gateway");
		whole.put("client_secret", "local-client-secret");
		return this.caller.postForm(MOCKS.identity(), OIDC + endpoint, whole);
	}

	private HttpResponse<String> token(Map<String, String> form, String... headers) throws IOException {
		return this.caller.postForm(MOCKS.identity(), OIDC + "token", form, headers);
	}

	private HttpResponse<String> auth(String login) throws IOException {
		return this.caller.get(MOCKS.identity(),
				OIDC + "auth?client_id=bramka-gateway&response_type=code&scope=openid"
						+ "&redirect_uri=https://app.example/back&code_challenge_method=S256&code_challenge="
						+ CHALLENGE + "&" + login);
	}

	private HttpResponse<String> register(String authorization, String email) throws IOException {
		return this.caller.send("POST", MOCKS.identity(), "/admin/realms/portal/users", """
				{"username":"%1$s","email":"%1$s","enabled":true,"requiredActions":["VERIFY_EMAIL"],
				"credentials":[{"type":"password","value":"Pierwsze-1","temporary":false}]}""".formatted(email),
				"Authorization", authorization, "Content-Type", "application/json");
	}

	private boolean verifies(String token, URI certs) throws Exception {
		SignedJWT jwt = SignedJWT.parse(token);
		JWKSet published = JWKSet.parse(this.caller.get(certs, "").body());
		JWK key = published.getKeyByKeyId(jwt.getHeader().getKeyID());
		return key != null && jwt.verify(new RSASSAVerifier(key.toRSAKey()));
	}

	private static String refreshToken(HttpResponse<String> reply) {
		return json(reply).path("refresh_token").asString();
	}

	private static JWTClaimsSet claims(String token) throws Exception {
		return SignedJWT.parse(token).getJWTClaimsSet();
	}

	private static JsonNode json(HttpResponse<String> reply) {
		return JsonMapper.shared().readTree(reply.body());
	}

}
