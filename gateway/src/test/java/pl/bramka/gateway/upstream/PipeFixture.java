package pl.bramka.gateway.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.observability.Names;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

/**
 * Real pipes to a pretended system. Unless a test asks for it there is no second try, the
 * breaker never opens and the bulkhead is wide, so that each guard is seen alone.
 */
final class PipeFixture {

	static final String USER = "TECH_USER";

	static final String PASSWORD = "zażółć-s3cret";

	private String user = USER;

	private String password = PASSWORD;

	private Duration readTimeout = Duration.ofSeconds(30);

	private Duration tryLimit = Duration.ofSeconds(10);

	private DataSize maxAnswerSize = DataSize.ofMegabytes(1);

	private int concurrency = 100;

	private int connections = 100;

	private Duration acquireTimeout = Duration.ofSeconds(5);

	private UpstreamFigures.Breaker breaker = new UpstreamFigures.Breaker(2000, 2000, 100, Duration.ofMinutes(1), 1,
			Duration.ofMinutes(1));

	private UpstreamFigures.Retry retry = new UpstreamFigures.Retry(Duration.ofMillis(10), 0, 0);

	private DeadlineProperties deadline = new DeadlineProperties(Duration.ofSeconds(60), Duration.ofMillis(20));

	private PipeFixture() {
	}

	static PipeFixture aPipe() {
		return new PipeFixture();
	}

	PipeFixture as(String user, String password) {
		this.user = user;
		this.password = password;
		return this;
	}

	PipeFixture tryLimit(Duration limit) {
		this.tryLimit = limit;
		return this;
	}

	PipeFixture readTimeout(Duration limit) {
		this.readTimeout = limit;
		return this;
	}

	PipeFixture maxAnswerSize(DataSize size) {
		this.maxAnswerSize = size;
		return this;
	}

	PipeFixture concurrency(int calls) {
		this.concurrency = calls;
		return this;
	}

	PipeFixture connections(int most) {
		this.connections = most;
		return this;
	}

	/** How long a call waits for a connection when all are in use. */
	PipeFixture acquireTimeout(Duration limit) {
		this.acquireTimeout = limit;
		return this;
	}

	PipeFixture breaker(int window, int minimum, Duration open, int probes, Duration halfOpen) {
		this.breaker = new UpstreamFigures.Breaker(window, minimum, 50, open, probes, halfOpen);
		return this;
	}

	PipeFixture secondTries(double share, int floor) {
		this.retry = new UpstreamFigures.Retry(Duration.ofMillis(10), share, floor);
		return this;
	}

	PipeFixture deadline(Duration limit, Duration reserve) {
		this.deadline = new DeadlineProperties(limit, reserve);
		return this;
	}

	Open to(URI baseUrl) {
		UpstreamProperties.ByPassword access = new UpstreamProperties.ByPassword(baseUrl, this.user, this.password);
		return new Open(new UpstreamProperties(access, access, new UpstreamProperties.BySignature(baseUrl), access),
				figures(), this.deadline);
	}

	/** What {@link Open#refit} takes. */
	UpstreamFigures figures() {
		UpstreamFigures.Pool pool = new UpstreamFigures.Pool(this.connections, 100, this.acquireTimeout,
				Duration.ofSeconds(20), Duration.ofMinutes(5));
		UpstreamFigures.Figures figures = new UpstreamFigures.Figures(Duration.ofSeconds(5), this.readTimeout,
				this.tryLimit, this.maxAnswerSize, this.concurrency, pool, this.breaker, this.retry);
		return new UpstreamFigures(figures, figures, figures, figures);
	}

	/** The pipe as it is shipped: every figure from application.yml. */
	static Open shipped(URI baseUrl) {
		StandardEnvironment environment = new StandardEnvironment();
		try {
			new YamlPropertySourceLoader().load("shipped", new ClassPathResource("application.yml"))
				.forEach(environment.getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		for (UpstreamName name : UpstreamName.values()) {
			String prefix = "bramka.upstreams." + name.tag();
			environment.getPropertySources()
				.addFirst(new MapPropertySource(name.tag(), Map.of(prefix + ".base-url", baseUrl.toString(),
						prefix + ".user", USER, prefix + ".password", PASSWORD)));
		}
		Binder binder = Binder.get(environment);
		return new Open(binder.bind("bramka.upstreams", UpstreamProperties.class).get(),
				binder.bind("bramka.upstreams", UpstreamFigures.class).get(),
				binder.bind("bramka.deadline", DeadlineProperties.class).get());
	}

	/** Pipes that are open, with what they measured. */
	static final class Open implements AutoCloseable {

		private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

		private final UpstreamPipes pipes;

		private final UpstreamProperties systems;

		private final UpstreamFigures figures;

		Open(UpstreamProperties systems, UpstreamFigures figures, DeadlineProperties deadline) {
			this.systems = systems;
			this.figures = figures;
			this.pipes = new UpstreamPipes(systems, figures, () -> deadline, this.meters);
		}

		OData billing() {
			return this.pipes.billing();
		}

		Forms operator() {
			return this.pipes.operator();
		}

		/** All doors. */
		Upstreams upstreams() {
			return this.pipes;
		}

		OpenId identity() {
			return this.pipes.identity();
		}

		UpstreamProperties systems() {
			return this.systems;
		}

		/** What it began with. */
		UpstreamFigures figures() {
			return this.figures;
		}

		/** Goes by other figures from now on. */
		void refit(PipeFixture other) {
			this.pipes.refit(other.figures());
		}

		/** Every gauge of this name for billing. */
		List<Double> gauges(String name, String tag) {
			return this.meters.find(name).tag(tag, "billing").gauges().stream().map(Gauge::value).toList();
		}

		/** How many calls ended so. */
		long outcomes(String outcome) {
			return this.meters.find(Names.UPSTREAM_CALLS)
				.tag("outcome", outcome)
				.timers()
				.stream()
				.mapToLong(Timer::count)
				.sum();
		}

		/** How many calls ended, however. */
		long outcomes() {
			return this.meters.find(Names.UPSTREAM_CALLS).timers().stream().mapToLong(Timer::count).sum();
		}

		double secondTries() {
			return this.meters.counter(Names.UPSTREAM_RETRIES, "upstream", "billing").count();
		}

		/** Whether billing's breaker is closed, open or half_open. */
		boolean breakerIs(String state) {
			Gauge gauge = this.meters.find("resilience4j.circuitbreaker.state")
				.tag("name", "billing")
				.tag("state", state)
				.gauge();
			return gauge != null && gauge.value() == 1;
		}

		@Override
		public void close() {
			this.pipes.destroy();
		}

	}

	/** What the tests read. */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record Contract(@JsonProperty("ContractID") @Nullable String id) {

		String present() {
			if (this.id == null) {
				throw new IllegalArgumentException("no id");
			}
			return this.id;
		}

	}

}
