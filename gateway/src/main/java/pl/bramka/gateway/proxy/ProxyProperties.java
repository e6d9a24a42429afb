package pl.bramka.gateway.proxy;

import java.util.List;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What stands between phones and the gateway.
 *
 * @param trusted addresses of the proxies whose word counts, in CIDR notation; empty if
 * phones connect directly. Whoever connects from there can claim to be anybody
 * @param header where they write whom they forward for; each must append to it, or set it
 * anew
 */
@Validated
@ConfigurationProperties("bramka.proxy")
record ProxyProperties(@NotNull List<Network> trusted, @NotNull ProxyHeader header) {
}
