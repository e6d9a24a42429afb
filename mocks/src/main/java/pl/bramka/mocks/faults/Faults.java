package pl.bramka.mocks.faults;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import pl.bramka.mocks.PretendedUpstream;
import pl.bramka.mocks.UpstreamName;

/**
 * The faults that are switched on. Several may stand beside each other when they are for
 * different requests; the newest that fits is played.
 */
public final class Faults {

	/** Bound per upstream; the oldest gives way. */
	private static final int MOST = 1000;

	private final Map<UpstreamName, List<ActiveFault>> active = new EnumMap<>(UpstreamName.class);

	private final BiConsumer<UpstreamName, Boolean> port;

	/**
	 * No fault yet.
	 * @param port opens or closes the port of an upstream
	 */
	public Faults(BiConsumer<UpstreamName, Boolean> port) {
		this.port = port;
	}

	/**
	 * Switches a fault on. It replaces one that is for the same requests.
	 * @param upstream where
	 * @param fault what, and for which requests
	 * @throws IllegalArgumentException if that upstream cannot play it
	 */
	public synchronized void set(UpstreamName upstream, Fault fault) {
		if (!fault.kind().upstreams().contains(upstream)) {
			throw new IllegalArgumentException(upstream.id() + " cannot play " + fault.kind().id());
		}
		List<ActiveFault> faults = of(upstream);
		faults.removeIf((old) -> old.isForTheSameRequestsAs(fault));
		if (faults.size() >= MOST) {
			faults.removeLast();
		}
		faults.addFirst(new ActiveFault(fault));
		switchPort(upstream);
	}

	/**
	 * Switches off every fault of one upstream.
	 * @param upstream which
	 */
	public synchronized void clear(UpstreamName upstream) {
		of(upstream).clear();
		switchPort(upstream);
	}

	/**
	 * Switches off everything.
	 */
	public synchronized void clearAll() {
		for (UpstreamName upstream : UpstreamName.values()) {
			clear(upstream);
		}
	}

	/**
	 * What is switched on.
	 * @return newest first; a fault for the next few requests says how many are left
	 */
	public synchronized Map<UpstreamName, List<Fault>> active() {
		Map<UpstreamName, List<Fault>> copy = new EnumMap<>(UpstreamName.class);
		for (UpstreamName upstream : UpstreamName.values()) {
			copy.put(upstream, of(upstream).stream().map(ActiveFault::remaining).toList());
		}
		return copy;
	}

	/**
	 * Answers one request through the faults: its own header first, then those switched
	 * on, else as usual.
	 * @param name which upstream was called
	 * @param upstream that upstream
	 * @param request the request as received
	 * @return the whole answer
	 */
	public ResponseDefinition answer(UpstreamName name, PretendedUpstream upstream, Request request) {
		try {
			return FaultHeader.of(request)
				.or(() -> take(name, request))
				.map((fault) -> new FaultAnswer(name, upstream, request).to(fault))
				.orElseGet(() -> upstream.answer(request));
		}
		catch (FaultHeader.Unreadable ex) {
			return new ResponseDefinition(400, ex.getMessage());
		}
	}

	private synchronized Optional<Fault> take(UpstreamName upstream, Request request) {
		List<ActiveFault> faults = of(upstream);
		Optional<ActiveFault> fault = faults.stream().filter((each) -> each.fits(request)).findFirst();
		fault.filter(ActiveFault::playsForTheLastTime).ifPresent(faults::remove);
		return fault.map(ActiveFault::fault);
	}

	private List<ActiveFault> of(UpstreamName upstream) {
		return this.active.computeIfAbsent(upstream, (name) -> new ArrayList<>());
	}

	private void switchPort(UpstreamName upstream) {
		Collection<ActiveFault> faults = of(upstream);
		this.port.accept(upstream, faults.stream().noneMatch((fault) -> fault.fault().kind() == FaultKind.REFUSED));
	}

}
