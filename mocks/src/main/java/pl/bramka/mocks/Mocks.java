package pl.bramka.mocks;

import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import pl.bramka.mocks.faults.Faults;

/**
 * The four pretended upstreams, each on its own port, with what can go wrong with them.
 */
public final class Mocks implements AutoCloseable {

	private final Map<UpstreamName, UpstreamServer> servers = new EnumMap<>(UpstreamName.class);

	private final Faults faults = new Faults((name, open) -> server(name).open(open));

	private Mocks(Ports ports) {
		for (UpstreamName name : UpstreamName.values()) {
			add(name, ports, (base) -> new Unspoken());
		}
	}

	/**
	 * Starts all upstreams.
	 * @param ports where they listen
	 * @return the running upstreams
	 */
	public static Mocks start(Ports ports) {
		return new Mocks(ports);
	}

	/**
	 * Starts all upstreams on ports that are free, as tests need it.
	 * @return the running upstreams
	 */
	public static Mocks startOnFreePorts() {
		return start(Ports.FREE);
	}

	/**
	 * Base URL of billing.
	 * @return without a path
	 */
	public URI billing() {
		return server(UpstreamName.BILLING).uri();
	}

	/**
	 * Base URL of the CRM.
	 * @return without a path
	 */
	public URI crm() {
		return server(UpstreamName.CRM).uri();
	}

	/**
	 * Base URL of the payment operator.
	 * @return without a path
	 */
	public URI operator() {
		return server(UpstreamName.OPERATOR).uri();
	}

	/**
	 * Base URL of the identity provider.
	 * @return without a path
	 */
	public URI identity() {
		return server(UpstreamName.IDENTITY).uri();
	}

	/**
	 * What goes wrong on purpose.
	 * @return the faults of all upstreams
	 */
	public Faults faults() {
		return this.faults;
	}

	/**
	 * The requests that one upstream saw since the start or the last reset.
	 * @param upstream which
	 * @return oldest first, with headers and body
	 */
	public List<LoggedRequest> journal(UpstreamName upstream) {
		return server(upstream).journal();
	}

	/**
	 * The requests to some paths of one upstream.
	 * @param upstream which
	 * @param urlRegex found somewhere in path and query
	 * @return oldest first
	 */
	public List<LoggedRequest> received(UpstreamName upstream, String urlRegex) {
		Pattern pattern = Pattern.compile(urlRegex);
		return journal(upstream).stream().filter((request) -> pattern.matcher(request.getUrl()).find()).toList();
	}

	/**
	 * Back to the start: no faults, empty journals, the personas as they are written.
	 */
	public void reset() {
		this.faults.clearAll();
		this.servers.values().forEach(UpstreamServer::reset);
	}

	@Override
	public void close() {
		this.servers.values().forEach(UpstreamServer::close);
	}

	private void add(UpstreamName name, Ports ports, Function<URI, PretendedUpstream> kind) {
		this.servers.put(name, new UpstreamServer(name, ports.of(name), this.faults, kind));
	}

	private UpstreamServer server(UpstreamName name) {
		return Objects.requireNonNull(this.servers.get(name), "closed");
	}

	/**
	 * An upstream that has nothing yet.
	 */
	private static final class Unspoken implements PretendedUpstream {

		@Override
		public ResponseDefinition answer(Request request) {
			return new ResponseDefinition(404, "Nothing at " + request.getUrl());
		}

		@Override
		public void reset() {
			// Nothing to forget.
		}

	}

}
