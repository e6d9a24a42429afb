/**
 * How much one address, device, customer or e-mail may ask. Calls no upstream; with
 * several nodes what must be counted together is counted in their Redis. While that is
 * down sign-in stops and everything else is counted by each node alone.
 */
@NullMarked
package pl.bramka.gateway.ratelimit;

import org.jspecify.annotations.NullMarked;
