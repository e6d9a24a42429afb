package pl.bramka.mocks;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import pl.bramka.mocks.control.Order;
import pl.bramka.mocks.control.Route;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.faults.Faults;

/**
 * Faults over the control server.
 */
final class FaultRoutes {

	private final Faults faults;

	FaultRoutes(Faults faults) {
		this.faults = faults;
	}

	List<Route> routes() {
		return List
			.of(new Route("GET", "/faults", "all faults, and those switched on", (order) -> overview()), new Route(
					"PUT", "/faults/{upstream}",
					"switch on: {\"fault\":\"slow\",\"millis\":3000,\"path\":\"regex\",\"requestId\":\"…\",\"times\":3};"
							+ " only fault is required",
					this::set),
					new Route("DELETE", "/faults/{upstream}", "switch off the faults of one upstream", (order) -> {
						this.faults.clear(UpstreamName.of(order.variable()));
						return null;
					}), new Route("DELETE", "/faults", "switch off all faults", (order) -> {
						this.faults.clearAll();
						return null;
					}));
	}

	private Map<String, Object> set(Order order) {
		order.knowing("fault", "millis", "path", "requestId", "times");
		UpstreamName upstream = UpstreamName.of(order.variable());
		Fault usual = Fault.of(FaultKind.of(order.requiredText("fault")));
		OptionalLong millis = order.number("millis");
		Fault fault = new Fault(usual.kind(),
				millis.isPresent() ? Duration.ofMillis(millis.getAsLong()) : usual.duration(), order.text("path"),
				order.text("requestId"), Math.clamp(order.number("times").orElse(0), -1, Integer.MAX_VALUE));
		this.faults.set(upstream, fault);
		return Map.of(upstream.id(), described(fault));
	}

	private Map<String, Object> overview() {
		Map<String, Object> active = new LinkedHashMap<>();
		this.faults.active()
			.forEach((upstream, faults) -> active.put(upstream.id(),
					faults.stream().map(FaultRoutes::described).toList()));
		Map<String, Object> overview = new LinkedHashMap<>();
		overview.put("active", active);
		overview.put("known", Arrays.stream(FaultKind.values()).map(FaultRoutes::described).toList());
		return overview;
	}

	private static Map<String, Object> described(FaultKind kind) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("fault", kind.id());
		description.put("meaning", kind.meaning());
		description.put("upstreams", kind.upstreams().stream().map(UpstreamName::id).toList());
		return description;
	}

	private static Map<String, Object> described(Fault fault) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("fault", fault.kind().id());
		if (!fault.duration().isZero()) {
			description.put("millis", fault.duration().toMillis());
		}
		if (fault.path() != null) {
			description.put("path", fault.path());
		}
		if (fault.requestId() != null) {
			description.put("requestId", fault.requestId());
		}
		if (fault.times() > 0) {
			description.put("times", fault.times());
		}
		return description;
	}

}
