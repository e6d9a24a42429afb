/**
 * How gates name calls: by method and path, matched exactly as controllers match theirs,
 * so that no spelling of a path passes a gate and still reaches its controller. Calls no
 * upstream.
 */
@NullMarked
package pl.bramka.gateway.routes;

import org.jspecify.annotations.NullMarked;
