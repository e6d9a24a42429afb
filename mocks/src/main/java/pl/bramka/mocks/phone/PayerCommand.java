package pl.bramka.mocks.phone;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code phone payer}: the person at the operator's page, without a browser.
 */
@Command(name = "payer", description = "What the person does at the payment operator's page.")
final class PayerCommand {

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Command(name = "pay", description = "Pays.")
	int pay(@Parameters(arity = "0..1", paramLabel = "PAYMENT|URL") @Nullable String which,
			@Option(names = "--last", description = "the last payment; also without an id") boolean last)
			throws IOException {
		return press("pay", which, last);
	}

	@Command(name = "refuse", description = "Refuses to pay.")
	int refuse(@Parameters(arity = "0..1", paramLabel = "PAYMENT|URL") @Nullable String which,
			@Option(names = "--last", description = "the last payment; also without an id") boolean last)
			throws IOException {
		return press("fail", which, last);
	}

	@Command(name = "later", description = "Goes back without deciding.")
	int later(@Parameters(arity = "0..1", paramLabel = "PAYMENT|URL") @Nullable String which,
			@Option(names = "--last", description = "the last payment; also without an id") boolean last)
			throws IOException {
		return press("later", which, last);
	}

	@Command(name = "book", description = "Billing books a paid order, as it does hours later.")
	int book(
			@Parameters(arity = "0..1", paramLabel = "ORDER",
					description = "the operator's number; default: the newest that is paid") @Nullable String order)
			throws IOException {
		return this.phone.control("POST", "/payments/" + ((order != null) ? order : "last") + "/book", "");
	}

	private int press(String button, @Nullable String which, boolean last) throws IOException {
		URI page = page(which, last);
		// Redirects lead to the page, and are not followed out of it: nobody listens
		// there.
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			HttpResponse<String> shown = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
			if (shown.statusCode() == 303) {
				page = page.resolve(shown.headers().firstValue("Location").orElse(""));
				shown = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
			}
			if (!shown.body().contains("value=\"" + button + "\"")) {
				this.phone.screen().say("there is no such button at " + page + ": HTTP " + shown.statusCode());
				return 1;
			}
			HttpRequest pressed = HttpRequest.newBuilder(page)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString("outcome=" + button))
				.build();
			HttpResponse<String> answer = http.send(pressed, BodyHandlers.ofString());
			this.phone.screen()
				.say("HTTP " + answer.statusCode()
						+ answer.headers().firstValue("Location").map((back) -> ", back to " + back).orElse(""));
			return (answer.statusCode() < 400) ? 0 : 1;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw (IOException) new InterruptedIOException("interrupted").initCause(ex);
		}
	}

	private URI page(@Nullable String which, boolean last) throws IOException {
		if (which != null && which.startsWith("http")) {
			return URI.create(which);
		}
		Pocket pocket = this.phone.signedIn();
		String id = this.phone.lastUnless(which, last, pocket, "payment");
		HttpResponse<byte[]> answer = this.phone.phone(pocket).send("GET", PayingPhone.PAYMENTS + "/" + id, null);
		String url = (answer.statusCode() == 200)
				? JsonMapper.shared().readTree(answer.body()).path("redirectUrl").asString("") : "";
		if (url.isEmpty()) {
			throw this.phone.usage("HTTP " + answer.statusCode() + ": payment " + id + " has no page to pay at");
		}
		return URI.create(url);
	}

}
