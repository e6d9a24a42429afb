package pl.bramka.gateway.upstream;

import java.net.URI;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
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
record UpstreamProperties(@NotNull @Valid Access billing, @NotNull @Valid Access crm, @NotNull @Valid Access operator,
		@NotNull @Valid Access identity) {

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
	 *
	 * @param baseUrl where its service root is, without a slash at the end
	 * @param user the technical user, or the client id at the identity provider
	 * @param password the technical user's password, or the client secret
	 */
	record Access(@NotNull URI baseUrl, @NotBlank String user, @NotBlank String password) {

		/** Never the password. */
		@Override
		public String toString() {
			return "Access[" + this.baseUrl + "]";
		}

	}

}
