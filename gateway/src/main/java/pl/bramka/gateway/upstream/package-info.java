/**
 * The pipe: how the gateway calls another system. One place for base URLs, connection
 * pools, credentials, deadline, bulkhead, breaker, retry, and for saying in the
 * catalogue's words what went wrong. Knows no feature.
 */
@NullMarked
package pl.bramka.gateway.upstream;

import org.jspecify.annotations.NullMarked;
