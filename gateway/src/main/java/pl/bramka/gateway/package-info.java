/**
 * The mobile gateway: one folder for each thing the customer sees, and one for each
 * mechanism they share.
 */
@NullMarked
package pl.bramka.gateway;

import org.jspecify.annotations.NullMarked;
