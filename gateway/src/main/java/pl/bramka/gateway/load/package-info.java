/**
 * What a node does with more than it can carry: it lets the least important calls go
 * first, at once and cheaply, so that signing in, paying and the operator's notifications
 * are still answered. Calls no upstream.
 */
@NullMarked
package pl.bramka.gateway.load;

import org.jspecify.annotations.NullMarked;
