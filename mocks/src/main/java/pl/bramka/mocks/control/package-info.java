/**
 * A small JSON server by which people and scripts control the pretended systems while
 * they run. It knows routes and how to say what is wrong; what they do stands elsewhere.
 */
@NullMarked
package pl.bramka.mocks.control;

import org.jspecify.annotations.NullMarked;
