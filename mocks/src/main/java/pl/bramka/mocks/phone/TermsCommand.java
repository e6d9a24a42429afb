package pl.bramka.mocks.phone;

import java.io.IOException;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code phone terms}: the terms of use.
 */
@Command(name = "terms", description = "The terms of use.")
final class TermsCommand {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String CURRENT = "/v1/terms/current";

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Command(name = "show", description = "Those in force.")
	int show() throws IOException {
		return this.phone.screen().show(this.phone.phone(this.phone.anybody()).send("GET", CURRENT, null), null);
	}

	@Command(name = "accept", description = "Accepts those in force, or a version.")
	int accept(@Option(names = "--edition", paramLabel = "VERSION") @Nullable String version) throws IOException {
		KeptPhone signedIn = this.phone.phone(this.phone.signedIn());
		String accepted = (version != null) ? version
				: JSON.readTree(signedIn.send("GET", CURRENT, null).body()).path("version").asString("");
		String body = JSON.writeValueAsString(Map.of("version", accepted));
		return this.phone.screen().show(signedIn.send("POST", "/v1/terms/acceptances", body), null);
	}

}
