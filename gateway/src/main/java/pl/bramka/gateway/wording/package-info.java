/**
 * What the gateway says to people: each feature's sentences in one file a language, with
 * numbers, amounts and days as that language writes them. Calls no upstream; a sentence
 * or a plural form that is missing stops the start.
 */
@NullMarked
package pl.bramka.gateway.wording;

import org.jspecify.annotations.NullMarked;
