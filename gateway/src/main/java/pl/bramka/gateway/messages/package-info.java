/**
 * The contact form: a message of the customer becomes a record in CRM, whose number is
 * the answer. CRM makes a record each time it is asked, so the gateway sees to it that a
 * message is sent once. While CRM is down the answer is {@code crm-unavailable}, and the
 * app sends the same again.
 */
@NullMarked
package pl.bramka.gateway.messages;

import org.jspecify.annotations.NullMarked;
