/**
 * What a payment will cost, and why: the rule for who pays without a fee, the payment
 * operator's price list, and quotes, which are kept by the app and sealed by us. Prices
 * are read from {@code config/fees.yml}; documents and e-invoices are asked for in
 * billing each time, contracts come from {@code contracts} and must be fresh. While
 * billing or CRM is down nothing is quoted: a fee that is not known is not shown.
 */
@NullMarked
package pl.bramka.gateway.quotes;

import org.jspecify.annotations.NullMarked;
