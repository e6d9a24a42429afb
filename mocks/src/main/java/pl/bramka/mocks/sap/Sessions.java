package pl.bramka.mocks.sap;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.github.tomakehurst.wiremock.http.Cookie;
import com.github.tomakehurst.wiremock.http.Request;

/**
 * The security sessions of the writing callers. A token counts only together with the
 * cookie of the session it was given in, and no longer than the session lives.
 */
final class Sessions {

	static final String COOKIE = "SAP_SESSIONID_BRM_100";

	static final String TOKEN = "X-CSRF-Token";

	private static final int LIMIT = 1_000;

	private static final Duration LIFETIME = Duration.ofMinutes(30);

	private final Clock clock;

	private final SecureRandom random = new SecureRandom();

	private final Map<String, Session> sessions = new LinkedHashMap<>();

	Sessions(Clock clock) {
		this.clock = clock;
	}

	/** The session of the request, or a new one. */
	synchronized Session open(Request request) {
		return current(request).orElseGet(() -> {
			Session session = new Session(secret(), secret(), this.clock.instant().plus(LIFETIME));
			if (this.sessions.size() == LIMIT) {
				this.sessions.remove(this.sessions.keySet().iterator().next());
			}
			this.sessions.put(session.id(), session);
			return session;
		});
	}

	/** Whether the request carries a cookie and the token that belongs to it. */
	synchronized boolean allows(Request request) {
		String token = request.getHeader(TOKEN);
		return current(request).filter((session) -> session.token().equals(token)).isPresent();
	}

	synchronized void clear() {
		this.sessions.clear();
	}

	private Optional<Session> current(Request request) {
		Cookie cookie = request.getCookies().get(COOKIE);
		return Optional.ofNullable(cookie)
			.map((present) -> this.sessions.get(present.getValue()))
			.filter((session) -> this.clock.instant().isBefore(session.end()));
	}

	private String secret() {
		byte[] bytes = new byte[18];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * One session.
	 *
	 * @param id value of the cookie
	 * @param token value of the header
	 * @param end when it expires
	 */
	record Session(String id, String token, Instant end) {
	}

}
