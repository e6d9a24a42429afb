package pl.bramka.mocks.identity;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import org.jspecify.annotations.Nullable;

import pl.bramka.mocks.identity.Logins.Code;

/**
 * {@code auth}: the page of the system browser, code flow with PKCE. Since nobody looks
 * at the page in a test, the query may carry {@code login_hint} and {@code password}.
 */
final class AuthEndpoint {

	private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

	private final URI issuer;

	private final Clock clock;

	private final Users users;

	private final Logins logins;

	private volatile @Nullable Duration ago = Duration.ZERO;

	AuthEndpoint(URI issuer, Clock clock, Users users, Logins logins) {
		this.issuer = issuer;
		this.clock = clock;
		this.users = users;
		this.logins = logins;
	}

	/**
	 * Says from now on that whoever comes logged in this long ago: a cookie of theirs is
	 * good enough. Null says nothing of it.
	 */
	void loggedIn(@Nullable Duration ago) {
		this.ago = ago;
	}

	ResponseDefinition answer(Form form) {
		if (!form.query("client_id").equals(Client.ID)) {
			return page(400, "Client not found.");
		}
		if (!form.query("redirect_uri").matches("[a-z][a-z0-9+.-]*:.+")) {
			return page(400, "Invalid parameter: redirect_uri");
		}
		if (!form.query("response_type").equals("code")) {
			return redirect(form, Map.of("error", "unsupported_response_type"));
		}
		if (form.query("code_challenge").isEmpty() || !form.query("code_challenge_method").equals("S256")) {
			return redirect(form, Map.of("error", "invalid_request", "error_description",
					"Missing parameter: code_challenge with code_challenge_method S256"));
		}
		return loggedIn(form);
	}

	private ResponseDefinition loggedIn(Form form) {
		String hint = form.query("login_hint");
		Optional<User> user = this.users.byEmail(hint.contains("@") ? hint : hint + "@example.com")
			.filter((each) -> each.opensWith(form.query("password")));
		if (user.isEmpty()) {
			return page(form.query("password").isEmpty() ? 200 : 401,
					"Zaloguj się: dodaj do adresu login_hint i password.");
		}
		if (!user.get().fullySetUp()) {
			return page(200, "Potwierdź adres e-mail, aby dokończyć rejestrację.");
		}
		Instant now = this.clock.instant();
		Duration before = form.query("prompt").equals("login") ? Duration.ZERO : this.ago;
		String code = this.logins.remember(
				new Code(user.get().id(), form.query("redirect_uri"), form.query("code_challenge"), form.query("scope"),
						form.query("nonce"), now.plus(CODE_LIFETIME), (before != null) ? now.minus(before) : null));
		return redirect(form, Map.of("code", code));
	}

	private ResponseDefinition redirect(Form form, Map<String, String> result) {
		Map<String, String> query = new LinkedHashMap<>(result);
		if (!form.query("state").isEmpty()) {
			query.put("state", form.query("state"));
		}
		query.put("iss", this.issuer.toString());
		String uri = form.query("redirect_uri");
		String separator = uri.contains("?") ? "&" : "?";
		return new ResponseDefinitionBuilder().withStatus(302)
			.withHeader("Location", uri + separator + query.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
				.collect(Collectors.joining("&")))
			.build();
	}

	private static ResponseDefinition page(int status, String text) {
		return new ResponseDefinitionBuilder().withStatus(status)
			.withHeader("Content-Type", "text/html; charset=utf-8")
			.withBody("<!DOCTYPE html><html lang=\"pl\"><title>portal</title><p>" + text + "</p></html>")
			.build();
	}

}
