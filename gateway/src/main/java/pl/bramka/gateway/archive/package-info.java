/**
 * Past payments, made in the app and by other channels, each shown once. Asks billing for
 * what it booked and our own books for what was paid here. While billing is down what was
 * read before is shown with its age; without that, and without our database, there is no
 * archive.
 */
@NullMarked
package pl.bramka.gateway.archive;

import org.jspecify.annotations.NullMarked;
