package pl.bramka.gateway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * The map of who may import whom: one arrow a line, each with its reason. What is not
 * drawn is forbidden.
 */
final class Imports extends ArchCondition<JavaClass> {

	private static final String ROOT = "pl.bramka.gateway";

	/** The classes beside the packages: the application and the list of its gates. */
	private static final String GATES = "";

	private static final Set<String> FEATURES = new TreeSet<>(
			List.of("account", "contracts", "einvoice", "premises", "invoices", "quotes", "payments", "paylinks",
					"archive", "meters", "readingrules", "readings", "consumption", "contact", "messages", "home"));

	private static final List<Arrow> ARROWS = List.of(
			new Arrow(Set.of(GATES), "keys", "the application can also make its keys"),
			new Arrow(Set.of(GATES), "observability", "the first gate gives the request its id and its access line"),
			new Arrow(Set.of(GATES), "compatibility", "a gate turns away versions that are not served"),
			new Arrow(Set.of(GATES), "ratelimit", "gates bound what an address, a device, a customer may ask"),
			new Arrow(Set.of(GATES), "session", "the security chain makes a customer of proof and token"),
			new Arrow(Set.of(GATES), "upstream", "a gate starts the request's clock"),
			new Arrow(Set.of(GATES), "docs", "a gate says of a retired operation that it is one"),
			new Arrow(Set.of(GATES), "terms", "a gate asks for the terms to be accepted first"),
			new Arrow(Set.of(GATES), "stepup", "a gate asks for a recent sign-in"),
			new Arrow(Set.of("docs"), "problem", "failures have one catalogue"),
			new Arrow(FEATURES, "docs", "an operation says beside itself that it is retired"),
			new Arrow(FEATURES, "stepup", "an operation says beside itself that it needs a recent sign-in"),
			new Arrow(Set.of("terms", "stepup"), "customer", "whoever accepts or confirms is the customer"),
			new Arrow(Set.of("terms", "stepup"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("session"), "terms", "what is to be accepted is asked at sign-in"),
			new Arrow(Set.of("session"), "docs", "an operation says beside itself that it is retired"),
			new Arrow(Set.of("home"), "account", "the first screen greets by name"),
			new Arrow(Set.of("home"), "contracts", "the first screen joins the features"),
			new Arrow(Set.of("home"), "invoices", "the first screen joins the features"),
			new Arrow(Set.of("home"), "maintenance", "the first screen tells of planned work"),
			new Arrow(Set.of("home"), "payments", "the first screen joins the features"),
			new Arrow(Set.of("home"), "readingrules", "the first screen joins the features"),
			new Arrow(Set.of("readingrules", "readings"), "meters", "what is read is a meter of the customer's"),
			new Arrow(Set.of("consumption"), "meters", "what a register counts is said in one place"),
			new Arrow(Set.of("readingrules"), "contracts", "a rule asks what kind of contract it is"),
			new Arrow(Set.of("readings"), "readingrules", "what is given is judged by what may be read"),
			new Arrow(Set.of("invoices", "quotes", "payments", "paylinks", "archive", "meters", "consumption"),
					"contracts", "only contracts knows which contract is whose and may be shown"),
			new Arrow(Set.of("contracts", "quotes"), "einvoice", "e-invoices are billing's, and part of the fee rule"),
			new Arrow(Set.of("contracts"), "premises", "a contract is shown with the place it delivers to"),
			new Arrow(Set.of("quotes", "payments", "paylinks"), "invoices",
					"what is paid is a document of billing, never of the app"),
			new Arrow(Set.of("invoices", "quotes", "payments", "paylinks"), "claims",
					"what is being paid cannot be paid again"),
			new Arrow(Set.of("payments", "paylinks"), "quotes", "who bears the fee is decided before anything is paid"),
			new Arrow(Set.of("quotes", "payments", "paylinks"), "operator", "money moves at the operator"),
			new Arrow(Set.of("quotes", "paylinks"), "keys", "what comes back from outside is sealed"),
			new Arrow(Set.of("payments", "readings"), "idempotency", "what must not happen twice is known by its key"),
			new Arrow(Set.of("paylinks"), "payments", "a link pays as the app does"),
			new Arrow(Set.of("archive"), "payments", "what was paid here is in the archive too"),
			new Arrow(Set.of("archive", "invoices", "readings"), "paging", "lists are read page by page in one way"),
			new Arrow(Set.of("paging"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("payments"), "differences", "what cannot be booked is noted for people"),
			new Arrow(Set.of("differences"), "operator", "much of what does not fit is said by the operator"),
			new Arrow(Set.of("differences"), "money", "amounts have one form"),
			new Arrow(Set.of("differences"), "observability", "names of what is measured exist once"),
			new Arrow(Set.of("claims", "payments", "readings", "differences", "idempotency"), "database",
					"what the gateway itself keeps is in one database"),
			new Arrow(Set.of("claims"), "freshness", "claims are remembered like what upstreams say"),
			new Arrow(Set.of("claims", "idempotency", "operator"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("idempotency"), "customer", "a key is its customer's"),
			new Arrow(Set.of("operator"), "upstream", "the operator is behind the pipe"),
			new Arrow(Set.of("operator"), "money", "amounts have one form"),
			new Arrow(Set.of("operator", "idempotency"), "observability", "names of what is measured exist once"),
			new Arrow(FEATURES, "customer", "every call for personal data takes the customer first"),
			new Arrow(FEATURES, "upstream", "a feature makes its own calls through the pipe"),
			new Arrow(FEATURES, "problem", "failures have one catalogue"),
			new Arrow(FEATURES, "money", "amounts have one form"),
			new Arrow(FEATURES, "wording",
					"what is said to people stands in one place a feature, and agrees with numbers"),
			new Arrow(Set.of("compatibility", "operator"), "wording",
					"what is said to people is said in both languages"),
			new Arrow(Set.of("wording"), "problem", "the languages that are spoken"),
			new Arrow(Set.of("wording"), "money", "amounts are written as a language does"),
			new Arrow(FEATURES, "freshness", "values carry their age, and caches serve stale when they must"),
			new Arrow(FEATURES, "observability", "names of what is measured exist once"),
			new Arrow(Set.of("ratelimit"), "customer", "one limit is per customer"),
			new Arrow(Set.of("ratelimit"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("compatibility"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("maintenance"), "upstream", "features are in trouble when the systems behind them are"),
			new Arrow(Set.of("maintenance"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("compatibility"), "maintenance", "the bootstrap says which features work"),
			new Arrow(Set.of("compatibility"), "terms", "the bootstrap says which terms are in force"),
			new Arrow(Set.of("compatibility"), "freshness", "an answer is written once and sent with its tag"),
			new Arrow(Set.of(GATES), "maintenance", "a gate turns away calls of features that are worked on"),
			new Arrow(Set.of(GATES), "load", "a gate sheds what the node cannot carry, lowest class first"),
			new Arrow(Set.of(GATES), "live", "gates go by settings that may change while they stand"),
			new Arrow(Set.of(GATES), "problem", "the first gate has failures written"),
			new Arrow(Set.of(GATES), "connections", "the process has one set of threads for its network"),
			new Arrow(Set.of("compatibility", "maintenance", "terms", "ratelimit", "upstream", "load", "payments",
					"quotes"), "live", "settings that operations change at night, without a restart"),
			new Arrow(Set.of("ratelimit", "access", "session", "freshness"), "nodes",
					"several nodes count, forget and drop together"),
			new Arrow(Set.of("ratelimit", "compatibility", "load", "live", "nodes"), "observability",
					"names of what is measured exist once"),
			new Arrow(Set.of(GATES, "ratelimit"), "proxy", "only proxy knows the caller's address"),
			new Arrow(Set.of("strict"), "problem",
					"what is refused before anybody sees it is a problem like any other"),
			new Arrow(Set.of("strict", "connections"), "observability", "names of what is measured exist once"),
			new Arrow(Set.of("load"), "strict", "what the node cannot carry is let go where requests arrive"),
			new Arrow(Set.of("connections"), "strict", "every connection of the public port is guarded"),
			new Arrow(Set.of("load", "maintenance", "terms", "access"), "routes", "gates name calls in one way"),
			new Arrow(Set.of("load"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("load"), "upstream", "calls of a critical request may take a system's last places"),
			new Arrow(Set.of("access", "ratelimit", "audit", "device"), "keys",
					"signing, sealing and naming need them"),
			new Arrow(Set.of("database", "identity", "device", "audit"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("audit", "device"), "observability", "names of what is measured exist once"),
			new Arrow(Set.of("identity"), "upstream", "the identity provider is behind the pipe"),
			new Arrow(Set.of("session", "device", "account", "terms", "audit"), "database",
					"what the gateway itself keeps is in one database"),
			new Arrow(Set.of("session", "device", "account"), "identity", "the provider knows the portal accounts"),
			new Arrow(Set.of("session", "account", "terms"), "audit", "what happens to somebody's access is recorded"),
			new Arrow(Set.of("account"), "contact", "the profile says how the customer is reached"),
			new Arrow(Set.of("contact", "messages"), "database", "what the gateway itself keeps is in one database"),
			new Arrow(Set.of("contact"), "keys", "what a customer is about to be reached by is kept sealed"),
			new Arrow(Set.of("messages"), "keys", "what a message says is known by a pseudonym only"),
			new Arrow(Set.of("contact", "messages"), "audit",
					"who changes where letters go, or asks for the account's deletion, is recorded"),
			new Arrow(Set.of("messages"), "contracts", "only contracts knows which contract is whose"),
			new Arrow(Set.of("messages"), "idempotency", "what must not happen twice is known by its key"),
			new Arrow(Set.of("account"), "access", "whoever registers or forgot a password shows a device"),
			new Arrow(Set.of("account"), "ratelimit", "an e-mail is known only once the body is read"),
			new Arrow(Set.of("account"), "terms", "whoever registers accepts the terms in force"),
			new Arrow(Set.of("account"), "compatibility", "whom to turn to is said in one place"),
			new Arrow(Set.of("account"), "live", "whom to turn to may change while the gateway runs"),
			new Arrow(Set.of("session"), "device", "a session belongs to a device"),
			new Arrow(Set.of("session"), "pin", "a PIN opens a session"),
			new Arrow(Set.of("pin"), "device", "a PIN belongs to a device, and the provider's consent to it"),
			new Arrow(Set.of("pin"), "customer", "only who is signed in sets a PIN"),
			new Arrow(Set.of("pin"), "database", "what the gateway itself keeps is in one database"),
			new Arrow(Set.of("pin"), "keys", "a PIN is hashed with a pepper"),
			new Arrow(Set.of("pin"), "audit", "what happens to somebody's access is recorded"),
			new Arrow(Set.of("pin", "biometric"), "stepup",
					"an operation says beside itself that it needs a recent sign-in"),
			new Arrow(Set.of("pin"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("pin"), "observability", "names of what is measured exist once"),
			new Arrow(Set.of("session"), "keys", "what a refresh token hides is sealed as everything is"),
			new Arrow(Set.of("session"), "biometric", "a fingerprint is one of the ways to a session"),
			new Arrow(Set.of("biometric"), "access", "a fingerprint's key is verified as a device's is"),
			new Arrow(Set.of("biometric"), "device", "a fingerprint's key belongs to a device"),
			new Arrow(Set.of("biometric"), "customer", "the customer enrols and removes it"),
			new Arrow(Set.of("biometric"), "database", "keys and challenges are known to all nodes"),
			new Arrow(Set.of("biometric"), "audit", "what happens to somebody's access is recorded"),
			new Arrow(Set.of("biometric"), "ratelimit", "a device is known only once the proof is good"),
			new Arrow(Set.of("biometric"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("biometric", "device"), "compatibility",
					"only compatibility reads what an app says of its phone"),
			new Arrow(Set.of("device"), "customer", "a customer lists devices"),
			new Arrow(Set.of("access"), "customer", "proof and token make the customer"),
			new Arrow(Set.of("access"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("access"), "observability", "names of what is measured exist once"),
			new Arrow(Set.of("session"), "ratelimit",
					"a device and an e-mail are known only once the proof is good and the body is read"),
			new Arrow(Set.of("session"), "access", "a session gives out the tokens that access verifies"),
			new Arrow(Set.of("session"), "contracts", "only contracts knows whether this person may use the app"),
			new Arrow(Set.of("session"), "customer", "the session makes the customer"),
			new Arrow(Set.of("session"), "problem", "failures have one catalogue"),
			new Arrow(Set.of("session"), "observability", "names of what is measured exist once"),
			new Arrow(Set.of("upstream"), "problem", "the pipe says in the catalogue's words what failed"),
			new Arrow(Set.of("upstream"), "observability", "the request's id is relayed and calls are counted"),
			new Arrow(Set.of("freshness"), "problem", "a failure without anything older to show stays one"),
			new Arrow(Set.of("freshness"), "observability", "names of what is measured exist once"));

	private static final Map<String, Set<String>> DRAWN = ARROWS.stream()
		.flatMap((arrow) -> arrow.from().stream().map((from) -> Map.entry(from, arrow.to())))
		.collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));

	Imports() {
		super("import only what the map draws");
	}

	/**
	 * One line of the map.
	 *
	 * @param from the packages that may
	 * @param to what they may import
	 * @param because why
	 */
	private record Arrow(Set<String> from, String to, String because) {
	}

	@Override
	public void check(JavaClass importing, ConditionEvents events) {
		String from = folder(importing);
		Set<String> drawn = DRAWN.getOrDefault(from, Set.of());
		for (Dependency dependency : importing.getDirectDependenciesFromSelf()) {
			JavaClass imported = dependency.getTargetClass().getBaseComponentType();
			if (!imported.getPackageName().startsWith(ROOT)) {
				continue;
			}
			String to = folder(imported);
			if (!to.equals(from) && !drawn.contains(to)) {
				events.add(SimpleConditionEvent.violated(importing,
						"no arrow " + name(from) + " -> " + name(to) + ": " + dependency.getDescription()));
			}
		}
	}

	private static String folder(JavaClass type) {
		String below = type.getPackageName().substring(ROOT.length());
		return below.isEmpty() ? GATES : below.substring(1).split("\\.", 2)[0];
	}

	private static String name(String folder) {
		return folder.isEmpty() ? "Gates" : folder;
	}

}
