package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code phone contact}: the customer's e-mail and phone, and when the pretended CRM
 * applies a change.
 */
@Command(name = "contact", description = "E-mail and phone as CRM has them, and changing them.")
final class ContactCommand {

	private static final JsonMapper JSON = JsonMapper.shared();

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Command(name = "show", description = "The profile, with contact data and what is pending.")
	int show() throws IOException {
		return this.phone.get("/v1/customer");
	}

	@Command(name = "set", description = "Changes the e-mail, the phone, or both.")
	int set(@Option(names = "--email", paramLabel = "E-MAIL") @Nullable String email,
			@Option(names = "--phone", paramLabel = "NUMBER",
					description = "nine digits of Poland, or +… of any country") @Nullable String number)
			throws IOException {
		Map<String, String> wanted = new LinkedHashMap<>();
		if (email != null) {
			wanted.put("email", email);
		}
		if (number != null) {
			wanted.put("phone", number);
		}
		if (wanted.isEmpty()) {
			throw this.phone.usage("--email, --phone or both?");
		}
		HttpResponse<byte[]> answer = this.phone.phone(this.phone.signedIn())
			.send("PATCH", "/v1/customer/contact", JSON.writeValueAsString(wanted));
		int result = this.phone.screen().show(answer, null);
		if (KeptPhone.wantsThePassword(answer)) {
			this.phone.screen()
				.say("the sign-in is too old for this: phone sign-in NAME, or pin or fingerprint sign-in first");
		}
		return result;
	}

	@Command(name = "later", description = "The pretended CRM accepts changes from now on and shows them when told.")
	int later() throws IOException {
		return this.phone.control("PUT", "/contact-changes", "{\"apply\":\"later\"}");
	}

	@Command(name = "at-once", description = "The pretended CRM shows changes at once again.")
	int atOnce() throws IOException {
		return this.phone.control("PUT", "/contact-changes", "{\"apply\":\"at-once\"}");
	}

	@Command(name = "apply", description = "The pretended CRM shows what it has accepted.")
	int apply() throws IOException {
		return this.phone.control("POST", "/contact-changes/apply", "");
	}

}
