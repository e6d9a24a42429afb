/**
 * From where a request comes. Calls no upstream.
 */
@NullMarked
package pl.bramka.gateway.proxy;

import org.jspecify.annotations.NullMarked;
