/**
 * What can be seen of a request from outside: its id, one access line, and the names of
 * what is measured. Calls no upstream and knows no feature.
 */
@NullMarked
package pl.bramka.gateway.observability;

import org.jspecify.annotations.NullMarked;
