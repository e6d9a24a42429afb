package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;

import pl.bramka.gateway.connections.EventLoops;
import pl.bramka.gateway.observability.Names;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The whole gateway on a free port, with its four upstreams pretended over real HTTP and
 * an embedded database of its own. Its answers are held to the API's description.
 */
public final class TestGateway implements AutoCloseable {

	/** What phones believe the address to be; no request is ever sent there. */
	public static final URI PUBLIC_URL = URI.create("https://api.bramka.test");

	/**
	 * Longer than in earnest, and so are the limits of upstream calls: a test machine
	 * that has just started is slow, and most tests are about something else.
	 */
	static final String DEADLINE = "8s";

	/** The policies of the project with figures that no test reaches by accident. */
	private static final String LIMITS = "rate-limits.yml";

	private final Path data;

	private final Consumer<GenericApplicationContext> parts;

	private final List<String> settings;

	/**
	 * Empty once it is closed: test classes hold on to their gateways for as long as the
	 * process lives, and it would be full of what is not used any more.
	 */
	private final AtomicReference<@Nullable Running> running = new AtomicReference<>();

	/** What takes the memory. */
	private record Running(Mocks mocks, ConfigurableApplicationContext context) {
	}

	/**
	 * The project's own, one each: a test may edit it. Live files win over what is added.
	 */
	private static Path folder() throws IOException {
		Path data = Files.createTempDirectory("bramka");
		FileSystemUtils.copyRecursively(Path.of("../config"), data.resolve("config"));
		Path limits = data.resolve("config").resolve(LIMITS);
		Files.writeString(limits, Files.readString(limits).replaceAll("limit: \\d+", "limit: 1000000"));
		StringBuilder patience = new StringBuilder("\nbramka.deadline.limit: " + DEADLINE + '\n');
		// A machine that builds beside it keeps event loops waiting, which is not theirs
		// to mend.
		patience.append("bramka.load.standing-delay: 1s\n");
		for (UpstreamName upstream : UpstreamName.values()) {
			String prefix = "bramka.upstreams." + upstream.name().toLowerCase(Locale.ROOT);
			patience.append(prefix + ".read-timeout: 3s\n")
				.append(prefix + ".try-limit: 3500ms\n")
				.append(prefix + ".pool.acquire-timeout: 2s\n");
		}
		Files.writeString(data.resolve("config/gateway.yml"), patience, StandardOpenOption.APPEND);
		return data;
	}

	private TestGateway(Mocks mocks, Path data, Consumer<GenericApplicationContext> parts, List<String> settings) {
		this.data = data;
		this.parts = parts;
		this.settings = settings;
		this.running.set(new Running(mocks, run(mocks)));
	}

	private Running running() {
		Running now = this.running.get();
		if (now == null) {
			throw new IllegalStateException("closed");
		}
		return now;
	}

	private ConfigurableApplicationContext context() {
		return running().context();
	}

	/**
	 * Starts one.
	 * @param settings more settings, {@code name=value}
	 */
	public static TestGateway start(String... settings) {
		return startWith((context) -> {
		}, settings);
	}

	/**
	 * Starts one in a time of its own.
	 * @param clock what it takes for the time
	 * @param settings more settings, {@code name=value}
	 */
	public static TestGateway startAt(Clock clock, String... settings) {
		return startWith((context) -> context.registerBean("testClock", Clock.class, () -> clock,
				(definition) -> definition.setPrimary(true)), settings);
	}

	/**
	 * Starts one with more parts than it has in earnest.
	 * @param parts registers them before anything is made
	 * @param settings more settings, {@code name=value}
	 */
	public static TestGateway startWith(Consumer<GenericApplicationContext> parts, String... settings) {
		return start(Mocks.startOnFreePorts(), parts, settings);
	}

	/**
	 * Starts one for other customers than the personas.
	 * @param customers everybody
	 * @param settings more settings, {@code name=value}
	 */
	public static TestGateway startFor(Personas customers, String... settings) {
		return start(Mocks.startFor(customers), (context) -> {
		}, settings);
	}

	private static TestGateway start(Mocks mocks, Consumer<GenericApplicationContext> parts, String... settings) {
		try {
			return new TestGateway(mocks, folder(), parts, List.of(settings));
		}
		catch (IOException ex) {
			mocks.close();
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException ex) {
			mocks.close();
			throw ex;
		}
	}

	/**
	 * Starts one with other limits than the wide ones that tests have.
	 * @param limits the whole of {@code rate-limits.yml}
	 * @param settings more settings, {@code name=value}
	 */
	public static TestGateway startLimited(String limits, String... settings) {
		try {
			Path data = folder();
			Files.writeString(data.resolve("config").resolve(LIMITS), limits);
			return new TestGateway(Mocks.startOnFreePorts(), data, (context) -> {
			}, List.of(settings));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private ConfigurableApplicationContext run(Mocks mocks) {
		// A gateway in earnest has nothing with which to describe itself.
		List<String> all = new ArrayList<>(List.of("server.port=0", "management.server.port=0",
				"bramka.data=" + this.data, "bramka.access.public-url=" + PUBLIC_URL,
				"bramka.upstreams.billing.base-url=" + mocks.billing() + "/sap/opu/odata/sap/ERP_UTILITIES_UMC",
				"bramka.upstreams.crm.base-url=" + mocks.crm() + "/sap/opu/odata/sap/CRM_UTILITIES_UMC",
				"bramka.upstreams.operator.base-url=" + mocks.operator(),
				"bramka.upstreams.identity.base-url=" + mocks.identity() + "/realms/portal",
				"BRAMKA_CONFIG=" + config(), "BRAMKA_ENVIRONMENT=local", "bramka.connections.leave=0s",
				"bramka.database.limit=" + DEADLINE, "bramka.claims.longest-wait=" + DEADLINE,
				"bramka.contact.longest-wait=" + DEADLINE, "bramka.audit.limit=" + DEADLINE,
				"bramka.limit-buckets.longest-wait=" + DEADLINE, "bramka.account.answer-after=400ms",
				"bramka.device.consent-wait=6s", "bramka.device.consent-lease=20s", "springdoc.api-docs.enabled=false",
				"spring.r2dbc.pool.max-acquire-time=" + DEADLINE));
		all.addAll(this.settings);
		// A setting given twice on the command line would be a list: the last one counts.
		Map<String, String> last = new LinkedHashMap<>();
		all.stream().map((setting) -> setting.split("=", 2)).forEach((setting) -> last.put(setting[0], setting[1]));
		SpringApplication application = new SpringApplication(GatewayApplication.class);
		application.addInitializers((context) -> {
			GenericApplicationContext parts = (GenericApplicationContext) context;
			parts.registerBean(ReactorResourceFactory.class, TestGateway::eventLoops);
			parts.registerBean(AnswerWatch.Filter.class, AnswerWatch.Filter::new);
			this.parts.accept(parts);
		});
		return application.run(last.entrySet()
			.stream()
			.map((setting) -> "--" + setting.getKey() + "=" + setting.getValue())
			.toArray(String[]::new));
	}

	/** Of its own: those that a process shares end with the first gateway in it. */
	private static ReactorResourceFactory eventLoops() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		// Nothing comes any more once the server is closed: waiting for it takes 2 s of
		// each test class.
		resources.setShutdownQuietPeriod(Duration.ZERO);
		resources.setLoopResourcesSupplier(EventLoops::create);
		return resources;
	}

	/** Ends it and starts it again over the same data. */
	public void restart() {
		context().close();
		this.running.set(new Running(mocks(), run(mocks())));
	}

	/** Another node beside this one: the same upstreams, keys and settings. */
	public TestGateway anotherNode() {
		return new TestGateway(mocks(), this.data, this.parts, this.settings);
	}

	/** A phone with the same key and session that talks to this node. */
	public Phone movedHere(Phone phone) {
		return new Phone(url(), PUBLIC_URL, phone.key()).tokens(phone.tokens().orElse(null))
			.deviceId(phone.deviceId().orElse(null));
	}

	/** Where it listens. */
	public URI url() {
		return URI.create("http://localhost:" + context().getEnvironment().getProperty("local.server.port"));
	}

	/** Where its management endpoints listen. */
	public URI managementUrl() {
		return URI.create("http://localhost:" + context().getEnvironment().getProperty("local.management.port"));
	}

	/** Its folder of settings, which it alone watches. */
	public Path config() {
		return this.data.resolve("config");
	}

	/** The systems behind it. */
	public Mocks mocks() {
		return running().mocks();
	}

	/** What any system behind it was asked since the last reset. */
	public List<String> asked() {
		return Arrays.stream(UpstreamName.values())
			.flatMap((upstream) -> mocks().journal(upstream).stream())
			.map((request) -> request.getMethod() + " " + request.getUrl())
			.toList();
	}

	/**
	 * The systems behind it are whole again and were asked nothing yet. What earlier
	 * calls left to load in the background has ended before: it would count as asked
	 * later.
	 */
	public void rest() {
		mocks().faults().clearAll();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(5))
			.until(() -> bean(MeterRegistry.class).get(Names.UPSTREAM_UNDER_WAY)
				.gauges()
				.stream()
				.allMatch((underWay) -> underWay.value() == 0));
		mocks().reset();
	}

	/** A part of it. */
	public <T> T bean(Class<T> type) {
		return context().getBean(type);
	}

	/** A part of it of which there are several. */
	public <T> T bean(String name, Class<T> type) {
		return context().getBean(name, type);
	}

	/** The key it signs access tokens with, private part included. */
	public RSAKey signingKey() {
		try {
			return JWKSet.load(this.data.resolve("keys.json").toFile())
				.getKeys()
				.stream()
				.filter((key) -> key instanceof RSAKey)
				.map(JWK::toRSAKey)
				.findFirst()
				.orElseThrow();
		}
		catch (IOException | ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A new phone with a key of its own and no session. */
	public Phone phone() {
		return new Phone(url(), PUBLIC_URL, DeviceKey.generate());
	}

	/** A new phone on which this persona has signed in and accepted the terms. */
	public Phone signedIn(String persona) {
		try {
			Phone phone = phone();
			HttpResponse<String> answer = phone.signIn(persona + "@example.com", "Haslo-123!");
			if (answer.statusCode() != 201) {
				throw new IllegalStateException(answer.statusCode() + " " + answer.body());
			}
			if (answer.body().contains("ACCEPT_TERMS") && phone.acceptTerms().statusCode() / 100 != 2) {
				throw new IllegalStateException("the terms cannot be accepted");
			}
			return phone;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		context().close();
		mocks().close();
		this.running.set(null);
		try {
			FileSystemUtils.deleteRecursively(this.data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
