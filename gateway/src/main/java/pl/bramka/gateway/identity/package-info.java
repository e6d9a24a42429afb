/**
 * Accounts at the identity provider: what it grants for a password, a code or an earlier
 * token, and the keys that show its word to be its own. While it is down nobody new comes
 * in; sessions that are open go on.
 */
@NullMarked
package pl.bramka.gateway.identity;

import org.jspecify.annotations.NullMarked;
