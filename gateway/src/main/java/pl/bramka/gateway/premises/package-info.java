/**
 * Where a contract delivers: the address of its premise and the number of its point of
 * delivery. The address is billing's, the number CRM's; both change rarely and are kept
 * per customer. While a system is down what is kept of it is shown, and what is not kept
 * is a problem that the contract is shown without.
 */
@NullMarked
package pl.bramka.gateway.premises;

import org.jspecify.annotations.NullMarked;
