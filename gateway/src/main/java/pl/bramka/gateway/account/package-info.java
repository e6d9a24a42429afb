/**
 * Who the customer is. Read from CRM, kept per customer. While CRM is down the profile is
 * served stale; who has none in memory is answered {@code crm-unavailable}.
 */
@NullMarked
package pl.bramka.gateway.account;

import org.jspecify.annotations.NullMarked;
