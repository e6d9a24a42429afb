/**
 * What is owed and what was: the documents of all payer numbers that the app may show,
 * their state and what can be paid. Read from billing, kept per customer and payer
 * number; which payer numbers comes from {@code contracts}. While billing is down the
 * documents are served stale; if one payer number has nothing in memory the whole list is
 * answered {@code billing-unavailable}, because a list must not miss documents silently.
 */
@NullMarked
package pl.bramka.gateway.invoices;

import org.jspecify.annotations.NullMarked;
