/**
 * Amounts of money: whole grosze with a currency, never a floating-point number. Calls no
 * upstream and knows no feature.
 */
@NullMarked
package pl.bramka.gateway.money;

import org.jspecify.annotations.NullMarked;
