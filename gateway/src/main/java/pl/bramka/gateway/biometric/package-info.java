/**
 * Signing in with a fingerprint: a key that the phone releases only after one, and the
 * challenges it signs. Calls no upstream; while the database is down, nobody enrols a key
 * or comes in with one.
 */
@NullMarked
package pl.bramka.gateway.biometric;

import org.jspecify.annotations.NullMarked;
