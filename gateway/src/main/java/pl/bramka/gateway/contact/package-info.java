/**
 * The e-mail and the phone under which the utility reaches the customer, and changing
 * them. CRM keeps them and may apply a change later, so what was sent and is not shown
 * yet stands in the gateway's own database, sealed, for all nodes. While CRM is down
 * nothing is changed, which is answered {@code crm-unavailable}, and the part of the
 * profile that shows them is stale or unavailable.
 */
@NullMarked
package pl.bramka.gateway.contact;

import org.jspecify.annotations.NullMarked;
