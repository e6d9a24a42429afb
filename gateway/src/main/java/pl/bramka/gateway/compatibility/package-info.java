/**
 * Which versions of the app, on which phones, are served, and what an app is told before
 * it does anything else: whether to update, which features work, whether there is a
 * fingerprint, which terms are in force, and whom to call. Calls no upstream, so it
 * answers whatever is down.
 */
@NullMarked
package pl.bramka.gateway.compatibility;

import org.jspecify.annotations.NullMarked;
