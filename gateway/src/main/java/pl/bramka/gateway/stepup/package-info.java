/**
 * Operations that a session alone does not open: the customer must have shown who they
 * are just now (RFC 9470). An operation says so beside itself, a gate sees to it. Calls
 * no upstream.
 */
@NullMarked
package pl.bramka.gateway.stepup;

import org.jspecify.annotations.NullMarked;
