package pl.bramka.gateway.identity;

/**
 * An account at the portal.
 *
 * @param id names it there
 * @param verified whether its owner has shown that the e-mail is theirs
 */
public record PortalAccount(String id, boolean verified) {
}
