/**
 * Which of the app's features work right now, and when others are planned to be off. Fed
 * by the windows that operations write down and by the breakers of the systems behind;
 * calls no upstream. A planned window is enforced by a gate, a breaker's trouble is only
 * told: the feature itself knows best what it can still show.
 */
@NullMarked
package pl.bramka.gateway.maintenance;

import org.jspecify.annotations.NullMarked;
