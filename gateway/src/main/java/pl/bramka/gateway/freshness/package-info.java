/**
 * A value with its state and age, and the cache that serves an old value when it must:
 * the app shows what it knows while an upstream is down, and says how old it is. Loads
 * are the features' own calls; this package calls no upstream.
 */
@NullMarked
package pl.bramka.gateway.freshness;

import org.jspecify.annotations.NullMarked;
