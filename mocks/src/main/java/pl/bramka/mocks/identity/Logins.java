package pl.bramka.mocks.identity;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Who is logged in: sessions of the provider with their one valid refresh token, and
 * authorization codes on their way to a session.
 */
final class Logins {

	/** Bound of sessions and of codes; the oldest gives way. */
	private static final int MOST = 20_000;

	private final Map<String, Login> sessions = new Oldest<>();

	private final Map<String, Code> codes = new Oldest<>();

	synchronized Login open(String userId, String scope) {
		Login login = new Login(UUID.randomUUID().toString(), userId, scope, UUID.randomUUID().toString());
		this.sessions.put(login.sid(), login);
		return login;
	}

	/**
	 * Uses a refresh token up.
	 * @return the session with its next refresh token; empty if this one was used before
	 */
	synchronized Optional<Login> rotate(String sid, String refreshId) {
		Login login = this.sessions.get(sid);
		if (login == null || !login.refreshId().equals(refreshId)) {
			return Optional.empty();
		}
		Login next = new Login(sid, login.userId(), login.scope(), UUID.randomUUID().toString());
		this.sessions.put(sid, next);
		return Optional.of(next);
	}

	synchronized boolean close(String sid) {
		return this.sessions.remove(sid) != null;
	}

	synchronized void closeAllOf(String userId) {
		this.sessions.values().removeIf((login) -> login.userId().equals(userId));
	}

	synchronized int size() {
		return this.sessions.size();
	}

	synchronized String remember(Code code) {
		String value = UUID.randomUUID() + "." + UUID.randomUUID();
		this.codes.put(value, code);
		return value;
	}

	synchronized Optional<Code> use(String code) {
		return Optional.ofNullable(this.codes.remove(code));
	}

	synchronized void expireCodes() {
		this.codes.replaceAll((value, code) -> new Code(code.userId(), code.redirectUri(), code.challenge(),
				code.scope(), code.nonce(), Instant.EPOCH, code.authenticated()));
	}

	synchronized void reset() {
		this.sessions.clear();
		this.codes.clear();
	}

	/**
	 * A session.
	 */
	record Login(String sid, String userId, String scope, String refreshId) {
	}

	/**
	 * An authorization code, bound to its request; it knows when its owner logged in.
	 */
	record Code(String userId, String redirectUri, String challenge, String scope, String nonce, Instant expires,
			@Nullable Instant authenticated) {
	}

	private static final class Oldest<V> extends LinkedHashMap<String, V> {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
			return size() > MOST;
		}

	}

}
