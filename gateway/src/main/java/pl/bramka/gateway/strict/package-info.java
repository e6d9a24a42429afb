/**
 * What a request must be before anything looks at it: its framing, its line, its host,
 * its length, the time it takes to arrive. Everything else is refused with a problem and
 * its connection closed, so that no two readers can disagree about where a request ends.
 * Calls no upstream and knows no feature.
 */
@NullMarked
package pl.bramka.gateway.strict;

import org.jspecify.annotations.NullMarked;
