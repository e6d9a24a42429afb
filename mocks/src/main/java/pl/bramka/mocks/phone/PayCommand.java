package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code phone pay}: what the app does about a payment; what the person does at the
 * operator's page is {@code phone payer}.
 */
@Command(name = "pay", description = "Pays documents: asks for a quote, starts the payment, says where to pay.")
final class PayCommand implements Callable<Integer> {

	private static final JsonMapper JSON = JsonMapper.shared();

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Parameters(arity = "0..*", paramLabel = "DOCUMENT")
	private List<String> documents = List.of();

	@Override
	public Integer call() throws IOException {
		if (this.documents.isEmpty()) {
			throw this.phone.usage("which documents? 'invoices --state open' shows them");
		}
		int result = quote(this.documents);
		return (result == 0) ? start(null, true, null) : result;
	}

	@Command(name = "quote", description = "What it would cost; starts nothing.")
	int quote(@Parameters(arity = "1..*", paramLabel = "DOCUMENT") List<String> wanted) throws IOException {
		Pocket pocket = this.phone.signedIn();
		HttpResponse<byte[]> answer = this.phone.phone(pocket)
			.send("POST", PayingPhone.QUOTE, PayingPhone.quoteBody(wanted));
		int result = this.phone.screen().show(answer, null);
		if (result == 0) {
			JsonNode quote = JSON.readTree(answer.body());
			pocket.keepLast("quote", quote.path("id").asString(""));
			this.phone.screen()
				.say("amount " + plain(quote, "amount") + ", fee " + plain(quote, "fee") + ": "
						+ plain(quote, "message"));
		}
		return result;
	}

	@Command(name = "start", description = "Starts the payment of a quote.")
	int start(@Parameters(arity = "0..1", paramLabel = "QUOTE_ID") @Nullable String quoteId,
			@Option(names = "--last", description = "the last quote; also without an id") boolean last,
			@Option(names = "--key", description = "Idempotency-Key; default: a new one") @Nullable String given)
			throws IOException {
		Pocket pocket = this.phone.signedIn();
		String quote = this.phone.lastUnless(quoteId, last, pocket, "quote");
		String key = (given != null) ? given : UUID.randomUUID().toString();
		this.phone.screen().say("Idempotency-Key: " + key);
		HttpResponse<byte[]> answer = this.phone.phone(pocket)
			.send("POST", PayingPhone.PAYMENTS, PayingPhone.payBody(quote), "Idempotency-Key", key);
		int result = this.phone.screen().show(answer, null);
		if (result == 0) {
			JsonNode payment = JSON.readTree(answer.body());
			pocket.keepLast("payment", payment.path("id").asString(""));
			this.phone.screen().say("pay at " + plain(payment, "redirectUrl") + ", or: phone payer pay --last");
		}
		else if (KeptPhone.wantsThePassword(answer)) {
			this.phone.screen()
				.say("the sign-in is too old for paying: phone sign-in NAME, or pin or fingerprint sign-in; then"
						+ " phone pay start --last --key " + key);
		}
		return result;
	}

	@Command(name = "status", description = "What became of a payment.")
	int status(@Parameters(arity = "0..1", paramLabel = "ID") @Nullable String id,
			@Option(names = "--last", description = "the last payment; also without an id") boolean last)
			throws IOException {
		String payment = this.phone.lastUnless(id, last, this.phone.signedIn(), "payment");
		return this.phone.get(PayingPhone.PAYMENTS + "/" + payment);
	}

	@Command(name = "list", description = "The archive of payments.")
	int list() throws IOException {
		return this.phone.get(PayingPhone.PAYMENTS);
	}

	@Command(name = "link", description = "A link with which anybody can pay the document.")
	int link(@Parameters(paramLabel = "DOCUMENT") String id) throws IOException {
		return this.phone.screen()
			.show(this.phone.phone(this.phone.signedIn()).send("POST", PayingPhone.invoicePath(id) + "/pay-link", null),
					null);
	}

	private static String plain(JsonNode node, String member) {
		JsonNode value = node.path(member);
		return value.isContainer() ? value.toString() : value.asString("-");
	}

}
