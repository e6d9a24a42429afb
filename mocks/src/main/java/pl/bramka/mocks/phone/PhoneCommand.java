package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code mocks phone}: the app on the command line.
 */
@Command(name = "phone",
		subcommands = { TermsCommand.class, PinCommand.class, BrowserCommand.class, AccountCommand.class,
				InvoicesCommand.class, ContractsCommand.class, ConsumptionCommand.class, MetersCommand.class,
				PayCommand.class, PayerCommand.class, ContactCommand.class, MessageCommand.class,
				DeviceCommands.Fingerprints.class, DeviceCommands.Devices.class, DeviceCommands.Sessions.class },
		mixinStandardHelpOptions = true, showDefaultValues = true,
		description = { "A phone for the command line. Bodies go to standard output, status and headers to standard",
				"error; the exit code is 0 for success, 1 for a problem, 2 for wrong usage." })
public final class PhoneCommand {

	private static final JsonMapper JSON = JsonMapper.shared();

	@Option(names = "--as", scope = ScopeType.INHERIT, paramLabel = "NAME",
			description = "Which phone; default: the last one that signed in, or the persona's that signs in.")
	private @Nullable String as;

	@Option(names = "--folder", scope = ScopeType.INHERIT, description = "Where phones keep keys and tokens.")
	private Path folder = Path.of(System.getProperty("user.home"), ".bramka-phone");

	@Option(names = "--gateway", scope = ScopeType.INHERIT, paramLabel = "URL",
			description = "The gateway; default: where this phone signed in, or http://localhost:8080.")
	private @Nullable URI gateway;

	@Option(names = "--public-url", scope = ScopeType.INHERIT, paramLabel = "URL",
			description = "What proofs name; default: the gateway.")
	private @Nullable URI publicUrl;

	@Option(names = "--control", scope = ScopeType.INHERIT, paramLabel = "URL",
			description = "The control server of the pretended upstreams.")
	private URI control = URI.create("http://localhost:9100");

	@Option(names = "--language", scope = ScopeType.INHERIT, description = "pl or en.")
	private String language = "pl";

	@Mixin
	private PretendedApp app = new PretendedApp();

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Command(name = "sign-in", description = "Signs in a persona, or any e-mail with --password.")
	int signIn(@Parameters(paramLabel = "PERSONA|E-MAIL") String who,
			@Option(names = "--password") @Nullable String password) throws IOException {
		Credentials credentials = credentials(who, password);
		Pocket pocket = pocket((this.as != null) ? this.as : credentials.name());
		return show(phone(pocket).signIn(credentials.email(), credentials.password(), place(pocket)));
	}

	/** Who signs in, on the phone of that name. */
	record Credentials(String name, String email, String password) {
	}

	Credentials credentials(String who, @Nullable String password) {
		Optional<Persona> persona = Personas.load(Clock.systemUTC())
			.all()
			.stream()
			.filter((each) -> each.name().equals(who) || each.email().equalsIgnoreCase(who))
			.findFirst();
		if (persona.isEmpty() && !who.contains("@")) {
			throw usage("'" + who + "' is neither a persona nor an e-mail");
		}
		String secret = (password != null) ? password : persona.map(Persona::password).orElse(null);
		if (secret == null) {
			throw usage("--password is missing: " + who + " is no persona");
		}
		String name = (this.as != null) ? this.as : persona.map(Persona::name).orElse(who);
		return new Credentials(name, persona.map(Persona::email).orElse(who), secret);
	}

	@Command(name = "home", description = "The first screen.")
	int home(@Option(names = "--refresh", description = "as pull-to-refresh") boolean refresh) throws IOException {
		return screen().show(phone(signedIn()).send("GET", "/v1/home", null, anew(refresh)), null);
	}

	@Command(name = "contract", description = "One contract, with the place it delivers to.")
	int contract(@Parameters(paramLabel = "ID") String id) throws IOException {
		return get(PayingPhone.contractPath(id));
	}

	static String[] anew(boolean refresh) {
		return refresh ? new String[] { "Cache-Control", "no-cache" } : new String[0];
	}

	@Command(name = "compatibility",
			description = "What an app is told at its start: the pretended one, signed in or not.")
	int compatibility() throws IOException {
		return screen().show(phone(anybody()).send("GET", "/v1/app/compatibility", null), null);
	}

	@Command(name = "refresh", description = "Exchanges the refresh token.")
	int refresh() throws IOException {
		return show(phone(signedIn()).refresh());
	}

	@Command(name = "sign-out", description = "Ends this session.")
	int signOut() throws IOException {
		return screen().show(phone(signedIn()).signOut(), null);
	}

	@Command(name = "call", description = "Calls anything else, signed in or not.")
	int call(@Parameters(paramLabel = "METHOD") String method, @Parameters(paramLabel = "PATH") String path,
			@Option(names = "--body", description = "JSON") @Nullable String body,
			@Option(names = "--output", description = "file for a PDF") @Nullable Path output,
			@Option(names = "--header", paramLabel = "NAME=VALUE") @Nullable Map<String, String> headers)
			throws IOException {
		if (!path.startsWith("/")) {
			throw usage("PATH starts with /");
		}
		String[] more = ((headers != null) ? headers : Map.<String, String>of()).entrySet()
			.stream()
			.flatMap((header) -> List.of(header.getKey(), header.getValue()).stream())
			.toArray(String[]::new);
		return screen().show(phone(anybody()).send(method, path, body, more), output);
	}

	@Command(name = "personas", description = "Who can sign in.")
	int personas() {
		for (Persona persona : Personas.load(Clock.systemUTC()).all()) {
			screen().out()
				.printf("%-6s %-18s %s  %s%n", persona.name(), persona.email(), persona.password(),
						persona.situation());
		}
		screen().out().flush();
		return 0;
	}

	@Command(name = "fault", description = { "Switches a fault on: fault billing slow --millis 2000",
			"Switches it off: fault clear, fault clear billing", "Lists: fault list" })
	int fault(@Parameters(index = "0", paramLabel = "UPSTREAM|clear|list") String upstream,
			@Parameters(index = "1", arity = "0..1", paramLabel = "FAULT|UPSTREAM") @Nullable String fault,
			@Option(names = "--millis") @Nullable Long millis, @Option(names = "--path") @Nullable String path,
			@Option(names = "--request-id") @Nullable String requestId,
			@Option(names = "--times") @Nullable Integer times) throws IOException {
		if (upstream.equals("list")) {
			return control("GET", "/faults", "");
		}
		if (upstream.equals("clear")) {
			return control("DELETE", (fault != null) ? "/faults/" + fault : "/faults", "");
		}
		if (fault == null) {
			throw usage("which fault? 'fault list' shows them");
		}
		Map<String, @Nullable Object> order = new LinkedHashMap<>();
		order.put("fault", fault);
		order.put("millis", millis);
		order.put("path", path);
		order.put("requestId", requestId);
		order.put("times", times);
		order.values().removeIf((value) -> value == null);
		return control("PUT", "/faults/" + upstream, JSON.writeValueAsString(order));
	}

	int get(String path) throws IOException {
		return screen().show(phone(signedIn()).send("GET", path, null), null);
	}

	int control(String method, String path, String body) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(this.control.resolve(path))
			.method(method, BodyPublishers.ofString(body))
			.build();
		try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			return screen().show(http.send(request, BodyHandlers.ofByteArray()), null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

	int show(HttpResponse<String> answer) throws IOException {
		return screen().show(answer.statusCode(), answer.headers(), answer.body().getBytes(StandardCharsets.UTF_8),
				null);
	}

	Pocket anybody() throws IOException {
		if (this.as != null) {
			return pocket(this.as);
		}
		return Pocket.lastSignedIn(this.folder).orElseGet(() -> pocket("nobody"));
	}

	Pocket signedIn() throws IOException {
		Pocket pocket = anybody();
		if (pocket.tokens().isEmpty()) {
			throw usage((this.as != null) ? "'" + this.as + "' is not signed in"
					: "nobody is signed in: phone sign-in anna");
		}
		return pocket;
	}

	Pocket pocket(String name) {
		try {
			return new Pocket(this.folder, name);
		}
		catch (IllegalArgumentException ex) {
			throw usage(String.valueOf(ex.getMessage()));
		}
	}

	KeptPhone phone(Pocket pocket) throws IOException {
		Pocket.Place place = place(pocket);
		URI named = (place.publicUrl() != null) ? place.publicUrl() : place.gateway();
		Phone phone = new Phone(place.gateway(), named, pocket.key()).header("Accept-Language", this.language);
		return new KeptPhone(this.app.on(phone), pocket);
	}

	Pocket.Place place(Pocket pocket) throws IOException {
		Pocket.Place kept = pocket.place().orElse(new Pocket.Place(URI.create("http://localhost:8080"), null));
		if (this.gateway != null) {
			return new Pocket.Place(this.gateway, this.publicUrl);
		}
		return (this.publicUrl != null) ? new Pocket.Place(kept.gateway(), this.publicUrl) : kept;
	}

	/** What is named, or else what this phone had to do with last. */
	String lastUnless(@Nullable String named, boolean last, Pocket pocket, String what) throws IOException {
		if (named != null && last) {
			throw usage("either --last or an id");
		}
		return (named != null) ? named : pocket.last(what).orElseThrow(() -> usage("this phone has no last " + what));
	}

	Screen screen() {
		return new Screen(this.spec.commandLine().getOut(), this.spec.commandLine().getErr());
	}

	ParameterException usage(String message) {
		return new ParameterException(this.spec.commandLine(), message);
	}

}
