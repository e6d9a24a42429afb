package pl.bramka.gateway.docs;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what developers read.
 *
 * @param page whether {@code /v1/docs} shows the description to people; the description
 * itself is always there, since apps are built of it
 */
@ConfigurationProperties("bramka.docs")
record DocsProperties(@DefaultValue("true") boolean page) {
}
