/**
 * The gateway's own database: how a statement is run, how long it may take, and what its
 * failure is called. What is stored belongs to the features. While the database is down,
 * whoever needs it answers {@code store-unavailable}; reads of upstream data go on.
 */
@NullMarked
package pl.bramka.gateway.database;

import org.jspecify.annotations.NullMarked;
