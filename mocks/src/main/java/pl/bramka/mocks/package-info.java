/**
 * The four upstreams of the gateway, pretended: billing, CRM, payment operator and
 * identity provider. Runs alone for integrators and app teams, and inside the gateway's
 * tests. Every system answers from one set of personas.
 */
@NullMarked
package pl.bramka.mocks;

import org.jspecify.annotations.NullMarked;
