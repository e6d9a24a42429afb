/**
 * The customer's sales and comprehensive contracts, and whether a contract is theirs and
 * may be shown: a distribution contract never leaves this package. Read from CRM, kept
 * per customer. While CRM is down the contracts are served stale; who has none in memory,
 * or is just signing in, is answered {@code crm-unavailable}.
 */
@NullMarked
package pl.bramka.gateway.contracts;

import org.jspecify.annotations.NullMarked;
