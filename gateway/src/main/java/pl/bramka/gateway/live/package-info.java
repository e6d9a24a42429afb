/**
 * Settings that operations change while the gateway runs: a file of {@code config/} that
 * is edited holds within two seconds, or is refused as a whole. Calls no upstream and
 * knows no feature.
 */
@NullMarked
package pl.bramka.gateway.live;

import org.jspecify.annotations.NullMarked;
