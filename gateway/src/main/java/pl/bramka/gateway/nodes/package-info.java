/**
 * What several nodes of one installation share beside the database: a Redis. A single
 * node needs none. Everything here goes on, with less, while Redis is down.
 */
@NullMarked
package pl.bramka.gateway.nodes;

import org.jspecify.annotations.NullMarked;
