/**
 * The first screen in one call: who the customer is, their contracts, how much is open,
 * what is due next, which meters may be read, and what work is planned. Calls no upstream
 * of its own; joins what the features know. Every section stands for itself: while an
 * upstream is down its sections are stale or unavailable and the screen is answered all
 * the same.
 */
@NullMarked
package pl.bramka.gateway.home;

import org.jspecify.annotations.NullMarked;
