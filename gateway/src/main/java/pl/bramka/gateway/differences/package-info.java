/**
 * What does not fit between our books of payments, the operator's and billing's: a report
 * for those who reconcile each day, and gauges for alarms. Reads our own database and
 * asks no upstream; while the database is down there is no report and the last counts
 * stand.
 */
@NullMarked
package pl.bramka.gateway.differences;

import org.jspecify.annotations.NullMarked;
