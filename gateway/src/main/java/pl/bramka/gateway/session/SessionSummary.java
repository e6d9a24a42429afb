package pl.bramka.gateway.session;

import java.time.Instant;

import pl.bramka.gateway.customer.AuthenticationMethod;

/**
 * One open session as its owner sees it.
 *
 * @param id names it when it is to be ended
 * @param method how it was opened: PASSWORD, PIN or BIOMETRIC
 * @param openedAt when the customer showed who they are
 * @param lastUsedAt when it was last refreshed
 * @param current whether it is the session that asks
 */
record SessionSummary(String id, AuthenticationMethod method, Instant openedAt, Instant lastUsedAt, boolean current) {

	static SessionSummary of(String id, AuthenticationMethod method, Instant openedAt, Instant lastUsedAt,
			String currentId) {
		return new SessionSummary(id, method, openedAt, lastUsedAt, id.equals(currentId));
	}

}
