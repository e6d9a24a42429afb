/**
 * What may be read on a meter now, and whether what somebody read can be: the window, the
 * kind of reading, the range that is plausible. Asks nobody itself; goes by what billing
 * said of the meter, which may be stale while billing is down.
 */
@NullMarked
package pl.bramka.gateway.readingrules;

import org.jspecify.annotations.NullMarked;
