/**
 * The phones that customers signed in on, each named by its key, and the identity
 * provider's consent that stands behind every later sign-in without a password. While the
 * provider is down nobody comes in that way, and nothing is counted against them.
 */
@NullMarked
package pl.bramka.gateway.device;

import org.jspecify.annotations.NullMarked;
