/**
 * The gateway's own keys: those that sign, seal, make pseudonyms and pepper PINs. They
 * come from a file or from the process environment, never from the database. Calls no
 * upstream.
 */
@NullMarked
package pl.bramka.gateway.keys;

import org.jspecify.annotations.NullMarked;
