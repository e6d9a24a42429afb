package pl.bramka.mocks.phone;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code phone pin}: the PIN of this phone.
 */
@Command(name = "pin", description = "Sets the phone's PIN, signs in with it, removes it.")
final class PinCommand {

	private static final String PATH = "/v1/devices/current/pin";

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Command(name = "set", description = "Sets or changes it, after a sign-in with the password or with the old PIN.")
	int set(@Parameters(paramLabel = "PIN") String pin,
			@Option(names = "--current", paramLabel = "PIN", description = "the old one") @Nullable String current)
			throws IOException {
		Map<String, String> body = new LinkedHashMap<>(Map.of("pin", pin));
		if (current != null) {
			body.put("currentPin", current);
		}
		return this.phone.screen()
			.show(this.phone.phone(this.phone.signedIn())
				.send("PUT", PATH, JsonMapper.shared().writeValueAsString(body)), null);
	}

	@Command(name = "sign-in", description = "Opens a session with it, also after signing out.")
	int signIn(@Parameters(paramLabel = "PIN") String pin) throws IOException {
		Pocket pocket = this.phone.anybody();
		return this.phone.show(this.phone.phone(pocket).signInByPin(pin, this.phone.place(pocket)));
	}

	@Command(name = "remove", description = "Removes it.")
	int remove() throws IOException {
		return this.phone.screen().show(this.phone.phone(this.phone.signedIn()).send("DELETE", PATH, null), null);
	}

}
