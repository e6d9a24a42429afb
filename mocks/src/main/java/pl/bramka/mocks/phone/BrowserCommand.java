package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code phone sign-in-browser}: signs in at the identity provider's own page.
 */
@Command(name = "sign-in-browser", showDefaultValues = true,
		description = "Signs in through the system browser, which it plays: e-mail and password go to the provider only.")
final class BrowserCommand implements Callable<Integer> {

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Parameters(paramLabel = "PERSONA|E-MAIL")
	private String who = "";

	@Option(names = "--password")
	private @Nullable String password;

	@Option(names = "--portal", paramLabel = "URL", description = "The provider's realm.")
	private URI portal = URI.create("http://localhost:9104/realms/portal");

	@Option(names = "--client", description = "The gateway's name there.")
	private String client = "bramka-gateway";

	@Option(names = "--redirect-uri", paramLabel = "URI", description = "Where the browser comes back to.")
	private URI redirectUri = URI.create("bramka://signed-in");

	@Override
	public Integer call() throws IOException {
		PhoneCommand.Credentials credentials = this.phone.credentials(this.who, this.password);
		Browser.Returned returned = new Browser(this.portal, this.client, this.redirectUri).signIn(credentials.email(),
				credentials.password());
		Pocket pocket = this.phone.pocket(credentials.name());
		return this.phone.show(this.phone.phone(pocket).signIn(returned, this.phone.place(pocket)));
	}

}
