/**
 * Readings that the customer gives, and what was read before. Told to billing; a reading
 * that arrives while billing is down is kept with the time of its arrival and sent when
 * billing is back, in order and once in effect. While the gateway's own database is down
 * nothing is taken, and past readings are shown as billing has them.
 */
@NullMarked
package pl.bramka.gateway.readings;

import org.jspecify.annotations.NullMarked;
