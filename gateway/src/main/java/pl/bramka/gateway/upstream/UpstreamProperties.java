package pl.bramka.gateway.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.validation.annotation.Validated;

/**
 * Where each system behind the gateway is, and as whom it is called. Read at start only:
 * how it is called is in {@link UpstreamFigures}.
 *
 * @param billing billing and metering
 * @param crm customers and contracts
 * @param operator the payment operator
 * @param identity the identity provider
 */
@Validated
@ConfigurationProperties("bramka.upstreams")
record UpstreamProperties(@NotNull @Valid ByPassword billing, @NotNull @Valid ByPassword crm,
		@NotNull @Valid BySignature operator, @NotNull @Valid ByPassword identity) {

	Access of(UpstreamName name) {
		return switch (name) {
			case BILLING -> this.billing;
			case CRM -> this.crm;
			case OPERATOR -> this.operator;
			case IDENTITY -> this.identity;
		};
	}

	/**
	 * One system.
	 */
	sealed interface Access {

		/** Where its service root is, without a slash at the end. */
		URI baseUrl();

		/** Says to it in each request who we are. */
		void identify(HttpHeaders headers);

	}

	/**
	 * A system that knows us by a password (RFC 7617).
	 *
	 * @param baseUrl where its service root is, without a slash at the end
	 * @param user the technical user, or the client id at the identity provider
	 * @param password the technical user's password, or the client secret
	 */
	record ByPassword(@NotNull URI baseUrl, @NotBlank String user, @NotBlank String password) implements Access {

		@Override
		public void identify(HttpHeaders headers) {
			headers.setBasicAuth(this.user, this.password, StandardCharsets.UTF_8);
		}

		/** Never the password. */
		@Override
		public String toString() {
			return "ByPassword[" + this.baseUrl + "]";
		}

	}

	/**
	 * A system that knows us by what its feature signs: it gets nobody's password.
	 *
	 * @param baseUrl where its service root is, without a slash at the end
	 */
	record BySignature(@NotNull URI baseUrl) implements Access {

		@Override
		public void identify(HttpHeaders headers) {
			// Nothing: who we are is in the message.
		}

	}

}
