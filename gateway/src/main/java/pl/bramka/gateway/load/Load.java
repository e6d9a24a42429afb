package pl.bramka.gateway.load;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.live.LiveSettings;
import pl.bramka.gateway.observability.Names;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;

/**
 * What this node carries just now: its requests under way, and how much it lets go.
 */
@Component
public final class Load implements DisposableBean {

	/** Eight probes of each event loop. */
	private static final Duration LOOK = Duration.ofMillis(200);

	private final Live<LoadProperties> settings;

	private final EventLoopDelay delay;

	private final CompletableFuture<@Nullable Void> looks;

	private final Pressure pressure = new Pressure();

	private final Map<EventExecutor, Turns> turns = new ConcurrentHashMap<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private volatile Duration standing = Duration.ZERO;

	Load(LiveSettings settings, ReactorResourceFactory netty, MeterRegistry meters) {
		this.settings = settings.of("bramka.load", LoadProperties.class);
		EventLoopGroup loops = netty.getLoopResources().onServer(true);
		this.delay = new EventLoopDelay(loops);
		// Not on a loop: what holds it up would hold up the look at it.
		this.looks = Mono.delay(LOOK).doOnNext((any) -> look()).repeat().then().toFuture();
		Gauge.builder(Names.LOAD_PRESSURE, this.pressure, Pressure::value).register(meters);
		Gauge.builder(Names.LOAD_IN_FLIGHT, this.inFlight, AtomicInteger::get).register(meters);
		TimeGauge.builder(Names.LOAD_DELAY, this, TimeUnit.NANOSECONDS, (load) -> load.standing.toNanos())
			.register(meters);
	}

	private void look() {
		Duration longest = this.delay.standing();
		for (Turns each : this.turns.values()) {
			Duration wait = each.standing();
			longest = (wait.compareTo(longest) > 0) ? wait : longest;
		}
		this.standing = longest;
		this.pressure.look(this.standing, this.settings.value().standingDelay());
	}

	LoadProperties settings() {
		return this.settings.value();
	}

	boolean sheds(Importance importance, double chance) {
		return this.pressure.sheds(importance, chance);
	}

	/** The turns of one event loop, which are the same each time. */
	Turns turns(EventExecutor loop, Function<Importance, Duration> later) {
		Turns known = this.turns.get(loop);
		return (known != null) ? known : this.turns.computeIfAbsent(loop,
				(any) -> new Turns(loop, this.settings::value, this.pressure::isHigh, later));
	}

	/** Whether there is no place for one request more. */
	boolean isFull(Importance importance) {
		return this.inFlight.get() >= importance.places(this.settings.value().inFlight());
	}

	/** Takes a place for one request; whoever got one gives it back. */
	boolean enter(Importance importance) {
		if (this.inFlight.incrementAndGet() <= importance.places(this.settings.value().inFlight())) {
			return true;
		}
		leave();
		return false;
	}

	void leave() {
		this.inFlight.decrementAndGet();
	}

	@Override
	public void destroy() {
		this.looks.cancel(false);
		this.delay.close();
	}

}
