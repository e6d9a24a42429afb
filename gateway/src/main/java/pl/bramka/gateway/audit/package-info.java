/**
 * What happened to whose access: one record per security event, without secrets and
 * without personal data. Calls no upstream.
 */
@NullMarked
package pl.bramka.gateway.audit;

import org.jspecify.annotations.NullMarked;
