package pl.bramka.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.springframework.stereotype.Component;

/**
 * Sessions that ended while access tokens of theirs may still be about. After a token's
 * lifetime there are none, and the session is forgotten here.
 */
@Component
public final class EndedSessions {

	/** More sessions than ever end within one token's lifetime; about 100 bytes each. */
	private static final int MOST = 500_000;

	private final Cache<String, Boolean> ended;

	EndedSessions(AccessProperties settings) {
		this.ended = Caffeine.newBuilder()
			.maximumSize(MOST)
			.expireAfterWrite(settings.tokenLifetime().plusSeconds(1))
			.build();
	}

	/**
	 * From now on no token of this session is taken.
	 * @param sessionId the session
	 * @return whether that is news
	 */
	public boolean add(String sessionId) {
		return this.ended.asMap().putIfAbsent(sessionId, Boolean.TRUE) == null;
	}

	boolean contains(String sessionId) {
		return this.ended.getIfPresent(sessionId) != null;
	}

}
