package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Phone;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The whole gateway on a free port, with its four upstreams pretended over real HTTP and
 * an embedded database of its own.
 */
public final class TestGateway implements AutoCloseable {

	/** What phones believe the address to be; no request is ever sent there. */
	public static final URI PUBLIC_URL = URI.create("https://api.bramka.test");

	/**
	 * Longer than in earnest, and so are the limits of upstream calls: a test machine
	 * that has just started is slow, and most tests are about something else.
	 */
	static final String DEADLINE = "8s";

	private final Mocks mocks;

	private final Path data;

	private final ConfigurableApplicationContext context;

	private TestGateway(Mocks mocks, Path data, ConfigurableApplicationContext context) {
		this.mocks = mocks;
		this.data = data;
		this.context = context;
	}

	/**
	 * Starts one.
	 * @param settings more settings, {@code name=value}
	 */
	public static TestGateway start(String... settings) {
		Mocks mocks = Mocks.startOnFreePorts();
		try {
			Path data = Files.createTempDirectory("bramka");
			TestGateway gateway = new TestGateway(mocks, data, run(mocks, data, settings));
			gateway.warmUp();
			return gateway;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static ConfigurableApplicationContext run(Mocks mocks, Path data, String... settings) {
		List<String> usual = new ArrayList<>(List.of("server.port=0", "management.server.port=0", "bramka.data=" + data,
				"bramka.access.public-url=" + PUBLIC_URL,
				"bramka.upstreams.billing.base-url=" + mocks.billing() + "/sap/opu/odata/sap/ERP_UTILITIES_UMC",
				"bramka.upstreams.crm.base-url=" + mocks.crm() + "/sap/opu/odata/sap/CRM_UTILITIES_UMC",
				"bramka.upstreams.operator.base-url=" + mocks.operator(),
				"bramka.upstreams.identity.base-url=" + mocks.identity() + "/realms/portal", "BRAMKA_CONFIG=../config",
				"BRAMKA_ENVIRONMENT=local", "bramka.deadline.limit=" + DEADLINE));
		for (String upstream : List.of("billing", "crm", "identity")) {
			usual.add("bramka.upstreams." + upstream + ".try-limit=3s");
			usual.add("bramka.upstreams." + upstream + ".read-timeout=3s");
		}
		// A setting given twice on the command line would be a list.
		Map<String, String> all = new LinkedHashMap<>();
		Stream.concat(usual.stream(), Stream.of(settings))
			.map((setting) -> setting.split("=", 2))
			.forEach((setting) -> all.put(setting[0], setting[1]));
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		application.addInitializers(
				(context) -> context.getBeanFactory().registerSingleton("reactorResources", eventLoopsOfItsOwn()));
		return application.run(all.entrySet()
			.stream()
			.map((setting) -> "--" + setting.getKey() + "=" + setting.getValue())
			.toArray(String[]::new));
	}

	/** The very first call of a JVM on a busy machine can take longer than a try may. */
	private void warmUp() throws IOException {
		Phone phone = phone();
		for (int i = 0; i < 5; i++) {
			if (phone.signIn("maria@example.com", "Haslo-123!").statusCode() == 201) {
				phone.signOut();
				break;
			}
		}
		this.mocks.reset();
	}

	/** The usual ones are shared: one gateway that stops would stop all others. */
	private static ReactorResourceFactory eventLoopsOfItsOwn() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.afterPropertiesSet();
		return resources;
	}

	/**
	 * Another node beside this one: the same upstreams, keys and settings.
	 * @param settings more settings, {@code name=value}
	 */
	public TestGateway anotherNode(String... settings) {
		return new TestGateway(this.mocks, this.data, run(this.mocks, this.data, settings));
	}

	/** A phone with the same key and session that talks to this node. */
	public Phone movedHere(Phone phone) {
		return new Phone(url(), PUBLIC_URL, phone.key()).tokens(phone.tokens().orElse(null));
	}

	/** Where it listens. */
	public URI url() {
		return URI.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port"));
	}

	/** Where its management endpoints listen. */
	public URI managementUrl() {
		return URI.create("http://localhost:" + this.context.getEnvironment().getProperty("local.management.port"));
	}

	/** The systems behind it. */
	public Mocks mocks() {
		return this.mocks;
	}

	/** A part of it. */
	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** A new phone with a key of its own and no session. */
	public Phone phone() {
		return new Phone(url(), PUBLIC_URL, DeviceKey.generate());
	}

	/** A new phone on which this persona has signed in. */
	public Phone signedIn(String persona) {
		try {
			Phone phone = phone();
			HttpResponse<String> answer = phone.signIn(persona + "@example.com", "Haslo-123!");
			if (answer.statusCode() != 201) {
				throw new IllegalStateException(answer.statusCode() + " " + answer.body());
			}
			return phone;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
		this.mocks.close();
		try {
			FileSystemUtils.deleteRecursively(this.data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
