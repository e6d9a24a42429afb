/**
 * A pretended identity provider, modelled on Keycloak: OpenID Connect of one realm, and
 * the part of its administration that registers customers. Tokens are really signed;
 * refresh tokens are good for one use.
 */
@NullMarked
package pl.bramka.mocks.identity;

import org.jspecify.annotations.NullMarked;
