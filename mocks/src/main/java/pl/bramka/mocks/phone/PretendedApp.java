package pl.bramka.mocks.phone;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * Options of every command: what the app says of itself. An empty value leaves its header
 * out.
 */
final class PretendedApp {

	@Option(names = "--platform", scope = ScopeType.INHERIT, description = "android or ios.")
	private String platform = "android";

	@Option(names = "--app-version", scope = ScopeType.INHERIT, paramLabel = "VERSION",
			description = "An older one is answered 426.")
	private String version = "3.4.1";

	@Option(names = "--os-version", scope = ScopeType.INHERIT, paramLabel = "VERSION",
			description = "Of Android or iOS.")
	private String os = "14";

	@Option(names = "--store", scope = ScopeType.INHERIT,
			description = "google-play, app-gallery or app-store; default: the platform's own.")
	private @Nullable String store;

	/** The same phone, saying so. */
	Phone on(Phone phone) {
		String usual = this.platform.equals("ios") ? "app-store" : "google-play";
		return phone.header("App-Platform", said(this.platform))
			.header("App-Version", said(this.version))
			.header("App-OS-Version", said(this.os))
			.header("App-Store", said((this.store != null) ? this.store : usual));
	}

	private static @Nullable String said(String value) {
		return value.isEmpty() ? null : value;
	}

}
