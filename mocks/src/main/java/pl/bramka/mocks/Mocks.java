package pl.bramka.mocks;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import pl.bramka.mocks.billing.Billing;
import pl.bramka.mocks.control.ControlServer;
import pl.bramka.mocks.control.Route;
import pl.bramka.mocks.crm.Crm;
import pl.bramka.mocks.faults.Faults;
import pl.bramka.mocks.identity.Identity;
import pl.bramka.mocks.operator.Operator;
import pl.bramka.mocks.personas.Personas;

/**
 * The four pretended upstreams, each on its own port, with what can go wrong with them.
 */
public final class Mocks implements AutoCloseable {

	private final Map<UpstreamName, UpstreamServer> servers = new EnumMap<>(UpstreamName.class);

	/** Enough to see what was asked just now, and quick under load. */
	private static final int SHORT_JOURNAL = 500;

	/** So that tests can count. */
	private static final int LONG_JOURNAL = 20_000;

	private final Faults faults = new Faults((name, open) -> server(name).open(open));

	private final Personas personas;

	private final int journal;

	private final Billing billingSystem;

	private final Crm customerSystem;

	private final Operator paymentOperator;

	private final Settlement settlement;

	private final Identity identityProvider;

	private final ControlServer control;

	private Mocks(Ports ports, Clock clock, Personas personas, int journal) {
		this.personas = personas;
		this.journal = journal;
		this.billingSystem = add(UpstreamName.BILLING, ports, (base) -> new Billing(this.personas, clock));
		this.customerSystem = add(UpstreamName.CRM, ports, (base) -> new Crm(this.personas, clock));
		this.paymentOperator = add(UpstreamName.OPERATOR, ports, (base) -> new Operator(base, clock));
		this.settlement = new Settlement(this.paymentOperator, this.billingSystem);
		this.identityProvider = add(UpstreamName.IDENTITY, ports, (base) -> new Identity(base, this.personas, clock));
		this.control = new ControlServer(ports.control(), routes());
	}

	/**
	 * Starts all upstreams. They remember only the last few hundred requests.
	 * @param ports where they listen
	 * @return the running upstreams
	 */
	public static Mocks start(Ports ports) {
		return start(ports, 0);
	}

	/**
	 * Starts all upstreams for a load. They remember only the last few hundred requests.
	 * @param ports where they listen
	 * @param crowd how many customers they know beside the personas
	 * @return the running upstreams
	 */
	public static Mocks start(Ports ports, int crowd) {
		Clock clock = Clock.systemUTC();
		return new Mocks(ports, clock, Personas.load(clock, crowd), SHORT_JOURNAL);
	}

	/**
	 * Starts all upstreams in a time of their own.
	 * @param ports where they listen
	 * @param clock today of the personas, now of tokens and payments
	 * @return the running upstreams
	 */
	public static Mocks start(Ports ports, Clock clock) {
		return new Mocks(ports, clock, Personas.load(clock), LONG_JOURNAL);
	}

	/**
	 * Starts all upstreams on ports that are free, for customers of one's own.
	 * @param personas everybody they know
	 * @return the running upstreams
	 */
	public static Mocks startFor(Personas personas) {
		return new Mocks(Ports.FREE, Clock.systemUTC(), personas, SHORT_JOURNAL);
	}

	/**
	 * Starts all upstreams on ports that are free, as tests need it.
	 * @return the running upstreams
	 */
	public static Mocks startOnFreePorts() {
		return start(Ports.FREE, Clock.systemUTC());
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
	 * Base URL of the control server.
	 * @return without a path
	 */
	public URI control() {
		return this.control.uri();
	}

	/**
	 * Who the pretended systems know.
	 * @return everybody
	 */
	public Personas personas() {
		return this.personas;
	}

	/**
	 * Billing itself, to issue and settle documents.
	 * @return the running system
	 */
	public Billing billingSystem() {
		return this.billingSystem;
	}

	/**
	 * The CRM itself, to have it apply changes later.
	 * @return the running system
	 */
	public Crm customerSystem() {
		return this.customerSystem;
	}

	/**
	 * The payment operator itself, to pay and to notify.
	 * @return the running operator
	 */
	public Operator paymentOperator() {
		return this.paymentOperator;
	}

	/**
	 * The way of the money from the operator to billing.
	 * @return nothing is booked by itself at first
	 */
	public Settlement settlement() {
		return this.settlement;
	}

	/**
	 * The identity provider itself, to change accounts behind the gateway's back.
	 * @return the running provider
	 */
	public Identity identityProvider() {
		return this.identityProvider;
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
		this.settlement.reset();
		this.servers.values().forEach(UpstreamServer::reset);
	}

	@Override
	public void close() {
		this.control.close();
		this.settlement.close();
		this.paymentOperator.close();
		this.servers.values().forEach(UpstreamServer::close);
	}

	private List<Route> routes() {
		List<Route> routes = new ArrayList<>();
		routes.add(new Route("GET", "/", "what there is", (order) -> overview(routes)));
		routes.addAll(new PersonaRoutes(this.personas, this.identityProvider, this.billingSystem).routes());
		routes.addAll(new AccountRoutes(this.identityProvider).routes());
		routes.addAll(new ContactRoutes(this.customerSystem).routes());
		routes.addAll(new PaymentRoutes(this.paymentOperator, this.settlement).routes());
		routes.addAll(new FaultRoutes(this.faults).routes());
		routes.add(new Route("POST", "/reset", "no faults, empty journals, personas as they are written", (order) -> {
			reset();
			return null;
		}));
		return routes;
	}

	private Map<String, Object> overview(List<Route> routes) {
		Map<String, String> urls = new LinkedHashMap<>();
		this.servers.forEach((name, server) -> urls.put(name.id(), server.uri().toString()));
		Map<String, String> purposes = new LinkedHashMap<>();
		routes.forEach((route) -> purposes.put(route.method() + " " + route.path(), route.purpose()));
		Map<String, Object> overview = new LinkedHashMap<>();
		overview.put("upstreams", urls);
		overview.put("journal of each", "GET /__admin/requests at the upstream itself");
		overview.put("control", purposes);
		return overview;
	}

	private <U extends PretendedUpstream> U add(UpstreamName name, Ports ports, Function<URI, U> kind) {
		UpstreamServer server = new UpstreamServer(name, ports.of(name), this.faults, this.journal);
		this.servers.put(name, server);
		return server.speakAs(kind.apply(server.uri()));
	}

	private UpstreamServer server(UpstreamName name) {
		return Objects.requireNonNull(this.servers.get(name), "closed");
	}

}
