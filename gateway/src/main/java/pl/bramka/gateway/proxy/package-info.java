/**
 * Who is calling, by address, where a proxy stands in front of the gateway: the one place
 * that may look at what such a proxy reports. Calls no upstream and knows no feature.
 */
@NullMarked
package pl.bramka.gateway.proxy;

import org.jspecify.annotations.NullMarked;
