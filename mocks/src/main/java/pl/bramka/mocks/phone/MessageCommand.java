package pl.bramka.mocks.phone;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code phone message}: the contact form.
 */
@Command(name = "message", description = "Writes to the utility; the answer is the number of the ticket.")
final class MessageCommand implements Callable<Integer> {

	private static final JsonMapper JSON = JsonMapper.shared();

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Parameters(index = "0", paramLabel = "TOPIC",
			description = "general, invoice, payment, meter, contract, complaint, account-deletion")
	private String topic = "";

	@Parameters(index = "1", paramLabel = "TEXT")
	private String text = "";

	@Option(names = "--contract", paramLabel = "ID", description = "which contract it is about")
	private @Nullable String contract;

	@Option(names = "--key", description = "Idempotency-Key; default: a new one")
	private @Nullable String key;

	@Override
	public Integer call() throws IOException {
		Map<String, String> message = new LinkedHashMap<>();
		message.put("topic", this.topic.toUpperCase(Locale.ROOT).replace('-', '_'));
		message.put("text", this.text);
		if (this.contract != null) {
			message.put("contractId", this.contract);
		}
		String name = (this.key != null) ? this.key : UUID.randomUUID().toString();
		this.phone.screen().say("Idempotency-Key: " + name);
		return this.phone.screen()
			.show(this.phone.phone(this.phone.signedIn())
				.send("POST", "/v1/messages", JSON.writeValueAsString(message), "Idempotency-Key", name), null);
	}

}
