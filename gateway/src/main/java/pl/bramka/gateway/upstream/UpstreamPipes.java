package pl.bramka.gateway.upstream;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;

import pl.bramka.gateway.live.Live;

import org.springframework.beans.factory.DisposableBean;

/**
 * The pipe to each system: built at start, and refitted when its figures change.
 */
final class UpstreamPipes implements Upstreams, DisposableBean {

	private final Connections connections = new Connections();

	private final Troubles troubles = new Troubles(Clock.systemUTC());

	private final Map<UpstreamName, Pipe> pipes = new EnumMap<>(UpstreamName.class);

	private final OData billing;

	private final OData crm;

	private final Forms operator;

	private final OpenId identity;

	UpstreamPipes(UpstreamProperties systems, UpstreamFigures figures, Live<DeadlineProperties> deadline,
			MeterRegistry meters) {
		Breakers breakers = new Breakers(this.troubles, meters);
		for (UpstreamName name : UpstreamName.values()) {
			UpstreamFigures.Figures own = figures.of(name);
			RetryBudget budget = new RetryBudget(own.retry().share(), own.retry().floor(), System::nanoTime);
			this.pipes.put(name,
					new Pipe(new Fittings.Workshop(name, systems.of(name), this.connections, breakers, budget, meters),
							own, deadline));
		}
		this.billing = new SapSystem(pipe(UpstreamName.BILLING));
		this.crm = new SapSystem(pipe(UpstreamName.CRM));
		this.operator = new FormSystem(pipe(UpstreamName.OPERATOR));
		this.identity = new OpenIdProvider(pipe(UpstreamName.IDENTITY), systems.identity().baseUrl().toString());
	}

	@Override
	public OData billing() {
		return this.billing;
	}

	@Override
	public OData crm() {
		return this.crm;
	}

	@Override
	public Forms operator() {
		return this.operator;
	}

	@Override
	public OpenId identity() {
		return this.identity;
	}

	@Override
	public Map<UpstreamName, Instant> troubled() {
		return this.troubles.now();
	}

	/** Goes by these figures from the next call on. */
	void refit(UpstreamFigures figures) {
		this.pipes.forEach((name, pipe) -> pipe.refit(figures.of(name)));
	}

	@Override
	public void destroy() {
		this.connections.close();
	}

	private Pipe pipe(UpstreamName name) {
		return Objects.requireNonNull(this.pipes.get(name));
	}

}
