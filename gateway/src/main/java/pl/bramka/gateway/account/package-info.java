/**
 * Who the customer is, and the portal account behind it: registering one, a forgotten
 * password, whom to turn to. The profile is read from CRM and kept per customer; while
 * CRM is down it is served stale, and who has none in memory is answered
 * {@code crm-unavailable}. Accounts are the identity provider's; while it is down nobody
 * registers and no password is reset, which is said alike of every e-mail.
 */
@NullMarked
package pl.bramka.gateway.account;

import org.jspecify.annotations.NullMarked;
