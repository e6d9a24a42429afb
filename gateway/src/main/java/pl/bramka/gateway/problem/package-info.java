/**
 * What can go wrong, in one catalogue, and the one place that writes it as problem+json.
 * Mobile developers read the same catalogue at {@code GET /v1/problems}. Calls no
 * upstream.
 */
@NullMarked
package pl.bramka.gateway.problem;

import org.jspecify.annotations.NullMarked;
