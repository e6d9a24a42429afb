package pl.bramka.gateway.access;

import java.net.URI;
import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Who may pass.
 *
 * @param publicUrl where phones reach the gateway: scheme, host and port without a path.
 * A proof names the whole address it was made for, and only this one counts, whatever the
 * headers of a request say
 * @param tokenLifetime how long an access token is good for: the longest that an ended
 * session can live on a node that did not hear of it
 * @param proofWindow how far the time in a proof may be from ours, either way
 * @param rememberedProofs proofs kept to notice one that comes again; about 120 bytes
 * each. At least the proofs of twice the window at the highest load
 * @param sharedProofs whether nodes that share a Redis remember proofs together, so that
 * one that was used at one node is refused at all
 * @param rememberedTokens verified tokens kept so that the same one is not verified at
 * each request, and as many device keys; about 2 kB each
 */
@Validated
@ConfigurationProperties("bramka.access")
record AccessProperties(@NotNull URI publicUrl,
		@NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1) Duration tokenLifetime,
		@NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 5) Duration proofWindow,
		@Min(1) @Max(10_000_000) int rememberedProofs, boolean sharedProofs,
		@Min(1) @Max(1_000_000) int rememberedTokens) {

	/** The claim {@code aud} of our tokens. */
	static final String AUDIENCE = "bramka";

	/** The claim {@code client_id} of our tokens (RFC 9068): there is one app. */
	static final String CLIENT = "bramka-app";

	/** The claim {@code iss} of our tokens. */
	String issuer() {
		return this.publicUrl.toString();
	}

}
