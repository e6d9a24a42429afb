/**
 * Opening, keeping and ending a customer's session on a device. Signing in asks the
 * identity provider and CRM; while either is down nobody new comes in, and sessions that
 * are open go on.
 */
@NullMarked
package pl.bramka.gateway.session;

import org.jspecify.annotations.NullMarked;
