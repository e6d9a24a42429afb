/**
 * A phone without a phone: a device key, proofs of possession and a signed-in session,
 * for the command line and for tests of the gateway.
 */
@NullMarked
package pl.bramka.mocks.phone;

import org.jspecify.annotations.NullMarked;
