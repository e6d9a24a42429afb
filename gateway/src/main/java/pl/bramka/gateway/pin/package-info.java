/**
 * The PIN of a device: set, changed, removed, and tried at sign-in, with every try
 * counted before it is looked at. Calls no upstream but to withdraw the identity
 * provider's consent when a PIN is gone. While the database is down no PIN is tried.
 */
@NullMarked
package pl.bramka.gateway.pin;

import org.jspecify.annotations.NullMarked;
