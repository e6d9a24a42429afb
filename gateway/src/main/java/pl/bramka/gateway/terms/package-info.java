/**
 * Which version of the terms of use is in force: customers accept it, and are asked again
 * when there is a new one. Editions are written down with the day they begin, so that one
 * can be announced. Calls no upstream.
 */
@NullMarked
package pl.bramka.gateway.terms;

import org.jspecify.annotations.NullMarked;
