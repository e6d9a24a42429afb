package pl.bramka.mocks.phone;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code mocks phone account}: the portal account behind the sessions, and the mailbox of
 * whoever registers it.
 */
@Command(name = "account", description = "Registers an account, resets its password, asks for its deletion.")
final class AccountCommand {

	private static final JsonMapper JSON = JsonMapper.shared();

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Command(name = "register", description = "Registers an account; the link in a mail finishes it.")
	int register(@Parameters(paramLabel = "E-MAIL") String email,
			@Option(names = "--password", defaultValue = "Haslo-123!") String password,
			@Option(names = "--terms", paramLabel = "VERSION",
					description = "The edition that is accepted; default: the one in force.") @Nullable String terms)
			throws IOException {
		String accepted = (terms != null) ? terms : termsInForce();
		return post("/v1/accounts", Map.of("email", email, "password", password, "termsVersion", accepted));
	}

	@Command(name = "reset-password", description = "Has a mail sent with which the password can be changed.")
	int resetPassword(@Parameters(paramLabel = "E-MAIL") String email) throws IOException {
		return post("/v1/accounts/password-reset", Map.of("email", email));
	}

	@Command(name = "delete", description = "Asks for the deletion of the account: refused, with whom to turn to.")
	int delete() throws IOException {
		return this.phone.screen()
			.show(this.phone.phone(this.phone.signedIn()).send("DELETE", "/v1/accounts/current", null), null);
	}

	@Command(name = "mails", description = "What the pretended provider was asked to send, and who registered.")
	int mails() throws IOException {
		return Math.max(this.phone.control("GET", "/mails", ""), this.phone.control("GET", "/accounts", ""));
	}

	@Command(name = "follow-mail", description = "Clicks on the link of the last mail to this address.")
	int followMail(@Parameters(paramLabel = "E-MAIL") String email,
			@Option(names = "--password",
					description = "the new one, if the mail asks for it") @Nullable String password)
			throws IOException {
		Map<String, String> order = new LinkedHashMap<>(Map.of("email", email));
		if (password != null) {
			order.put("password", password);
		}
		return this.phone.control("POST", "/mails/follow", JSON.writeValueAsString(order));
	}

	@Command(name = "connect", description = "Connects an account with a contract's owner, as the portal does.")
	int connect(@Parameters(paramLabel = "E-MAIL") String email, @Parameters(paramLabel = "ACCOUNTID") String accountId)
			throws IOException {
		return this.phone.control("POST", "/accounts/connect",
				JSON.writeValueAsString(Map.of("email", email, "accountId", accountId)));
	}

	private int post(String path, Map<String, String> body) throws IOException {
		return this.phone.screen()
			.show(this.phone.phone(this.phone.anybody()).send("POST", path, JSON.writeValueAsString(body)), null);
	}

	private String termsInForce() throws IOException {
		byte[] body = this.phone.phone(this.phone.anybody()).send("GET", "/v1/app/compatibility", null).body();
		JsonNode version = JSON.readTree(body).path("termsVersion");
		return version.asString("");
	}

}
