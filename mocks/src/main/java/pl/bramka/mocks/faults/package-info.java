/**
 * What can go wrong with an upstream, switchable while it runs: for every request, for
 * one path, for one request of the gateway, for the next few, or by a header of the
 * request itself.
 */
@NullMarked
package pl.bramka.mocks.faults;

import org.jspecify.annotations.NullMarked;
