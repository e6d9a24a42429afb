/**
 * Requests that must not happen twice, whatever a phone's connection does: the app gives
 * each a key (header {@code Idempotency-Key}, modelled on
 * draft-ietf-httpapi-idempotency-key-header), and a request that comes again is answered
 * as it was the first time. Kept in the gateway's own database for a day, for all nodes.
 * Asks no upstream; while the database is down such requests are refused.
 */
@NullMarked
package pl.bramka.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
