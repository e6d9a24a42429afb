/**
 * Who is calling: the record that every feature takes first. Made from a verified token
 * only; calls no upstream.
 */
@NullMarked
package pl.bramka.gateway.customer;

import org.jspecify.annotations.NullMarked;
