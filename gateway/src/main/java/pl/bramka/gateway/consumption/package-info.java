/**
 * The use of electricity and gas over time, shaped for a chart: by the hour and the day
 * where a smart meter is read, by the month everywhere. Asks billing for the meter's
 * curve and for the months it has accounted for. While billing is down what was read
 * before is shown with its age; without that the answer is {@code billing-unavailable}.
 */
@NullMarked
package pl.bramka.gateway.consumption;

import org.jspecify.annotations.NullMarked;
