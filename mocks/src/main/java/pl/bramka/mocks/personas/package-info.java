/**
 * The people that all pretended systems know: one file each below {@code personas/},
 * dated relative to today so that a situation (overdue, in its billing month) holds on
 * any day.
 */
@NullMarked
package pl.bramka.mocks.personas;

import org.jspecify.annotations.NullMarked;
