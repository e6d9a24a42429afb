package pl.bramka.gateway.load;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.strict.Admission;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;

/**
 * Lets go what the node cannot carry, at the connection, before it has cost anything: at
 * five times what a node can answer, refusing is most of its work.
 */
@Component
public final class LoadDoor implements Admission {

	/** Phones come back spread over this long, not together. */
	private static final int SPREAD_SECONDS = 5;

	private final Load load;

	private final Map<Importance, Counter> shed = new EnumMap<>(Importance.class);

	private volatile Importances importances;

	LoadDoor(Load load, MeterRegistry meters) {
		this.load = load;
		// There from the start: a rate needs a beginning.
		for (Importance each : Importance.values()) {
			this.shed.put(each, meters.counter(Names.LOAD_SHED, "importance", each.name()));
		}
		this.importances = new Importances(load.settings());
	}

	@Override
	public void ask(EventExecutor loop, HttpMethod method, PathContainer path,
			Function<String, @Nullable String> header, Asking request) {
		Importance importance = importances().of(method, path, header);
		if (this.load.isFull(importance) || this.load.sheds(importance, ThreadLocalRandom.current().nextDouble())) {
			request.letGo(later(importance));
		}
		else {
			this.load.turns(loop, this::later).take(importance, request);
		}
	}

	/** One is let go: counted, and told when to come back. */
	Duration later(Importance importance) {
		Objects.requireNonNull(this.shed.get(importance)).increment();
		return Duration.ofSeconds(1 + ThreadLocalRandom.current().nextInt(SPREAD_SECONDS));
	}

	/** Patterns are compiled once per change of the settings. */
	Importances importances() {
		LoadProperties now = this.load.settings();
		Importances compiled = this.importances;
		if (!compiled.isOf(now)) {
			compiled = new Importances(now);
			this.importances = compiled;
		}
		return compiled;
	}

}
