package pl.bramka.gateway.operator;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How the gateway stands with the payment operator. Where the operator is, and how it is
 * called, is said under {@code bramka.upstreams.operator}.
 *
 * @param merchant the operator's service whose fee we bear: free to the customer
 * @param payer the one whose fee the customer bears
 * @param returnUrl where the customer's browser goes after paying, or giving up: a link
 * that opens the app. It is navigation only and says nothing of the payment
 * @param pages whose pages the customer may be sent to: scheme, host and port,
 * {@code https} unless it is this machine. An answer that leads anywhere else is not
 * believed, signed or not
 */
@Validated
@ConfigurationProperties("bramka.operator")
record OperatorProperties(@NotNull @Valid Account merchant, @NotNull @Valid Account payer, @NotNull URI returnUrl,
		@NotEmpty List<@NotNull URI> pages) {

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1");

	/**
	 * One of our services at the operator.
	 *
	 * @param service its number
	 * @param key the key that signs what is said about it, shared with the operator
	 */
	record Account(@NotBlank @Pattern(regexp = "[0-9]{1,10}") String service, @NotBlank String key) {

		SharedKey sharedKey() {
			return new SharedKey(this.key);
		}

		/** Never the key. */
		@Override
		public String toString() {
			return "Account[" + this.service + "]";
		}

	}

	@AssertTrue(message = "merchant and payer must be two services: by them the operator tells who bears the fee")
	boolean isServices() {
		return this.merchant == null || this.payer == null || !this.merchant.service.equals(this.payer.service);
	}

	@AssertTrue(message = "must be absolute")
	boolean isReturnUrl() {
		return this.returnUrl == null || this.returnUrl.isAbsolute();
	}

	@AssertTrue(message = "must be https://host or https://host:port; http:// only for localhost")
	boolean isPages() {
		return this.pages == null || this.pages.stream().allMatch((page) -> page != null && isSafe(page));
	}

	Account of(FeeBearer bearer) {
		return (bearer == FeeBearer.MERCHANT) ? this.merchant : this.payer;
	}

	/** Who bears the fee of a service; empty for one that is not ours. */
	Optional<FeeBearer> bearer(String service) {
		return Stream.of(FeeBearer.values()).filter((bearer) -> of(bearer).service.equals(service)).findFirst();
	}

	/** Whether the customer may be sent there. */
	boolean leadsToOperator(URI url) {
		return isSafe(url) && this.pages.stream().anyMatch((page) -> origin(page).equals(origin(url)));
	}

	/**
	 * Absolute, over TLS unless it stays on this machine, and without a name in front of
	 * the host.
	 */
	private static boolean isSafe(URI url) {
		String host = url.getHost();
		return host != null && url.getRawUserInfo() == null && ("https".equalsIgnoreCase(url.getScheme())
				|| ("http".equalsIgnoreCase(url.getScheme()) && THIS_MACHINE.contains(host)));
	}

	private static String origin(URI url) {
		String scheme = url.getScheme().toLowerCase(Locale.ROOT);
		int port = (url.getPort() >= 0) ? url.getPort() : scheme.equals("https") ? 443 : 80;
		return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
	}

}
