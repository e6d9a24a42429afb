/**
 * Which version of the terms of use is in force, and who accepted it: customers are asked
 * when they sign in, and again when there is a new one. Editions are written down with
 * the day they begin, so that one can be announced. Calls no upstream; while the database
 * is down, a session that waits for its acceptance goes on waiting.
 */
@NullMarked
package pl.bramka.gateway.terms;

import org.jspecify.annotations.NullMarked;
