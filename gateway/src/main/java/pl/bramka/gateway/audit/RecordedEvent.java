package pl.bramka.gateway.audit;

import java.time.Instant;

/**
 * One record of the audit trail.
 *
 * @param at when it happened
 * @param event what happened, as {@link SecurityEvent#tag}
 * @param result {@code done}, or the code of the refusal
 * @param who a pseudonym
 * @param device the thumbprint of its key
 * @param requestId the request in which it happened
 */
record RecordedEvent(Instant at, String event, String result, String who, String device, String requestId) {
}
