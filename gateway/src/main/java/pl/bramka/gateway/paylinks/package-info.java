/**
 * A link that pays one document: whoever has it comes to the payment operator's page
 * without a session. Asks billing, CRM and the operator as a payment in the app does;
 * while one of them is down the link says so and works again afterwards. Nothing is
 * stored for a link that nobody opens.
 */
@NullMarked
package pl.bramka.gateway.paylinks;

import org.jspecify.annotations.NullMarked;
