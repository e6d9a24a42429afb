/**
 * Who may pass: the proof of the device and the access token, and the
 * {@link pl.bramka.gateway.customer.Customer} made from both. Everything is verified with
 * the gateway's own keys, without asking any upstream.
 */
@NullMarked
package pl.bramka.gateway.access;

import org.jspecify.annotations.NullMarked;
