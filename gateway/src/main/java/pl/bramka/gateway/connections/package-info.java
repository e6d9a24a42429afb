/**
 * The connections of the public port: how they are taken, how many there may be, how
 * slowly an answer may be taken, what every answer carries, and how they end when the
 * node leaves. Calls no upstream and knows no feature.
 */
@NullMarked
package pl.bramka.gateway.connections;

import org.jspecify.annotations.NullMarked;
