package pl.bramka.mocks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import pl.bramka.mocks.billing.Billing;
import pl.bramka.mocks.control.Order;
import pl.bramka.mocks.control.Route;
import pl.bramka.mocks.identity.Identity;
import pl.bramka.mocks.personas.ContractAccount;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;

/**
 * Personas over the control server, and what the web portal can do to their accounts.
 */
final class PersonaRoutes {

	private final Personas personas;

	private final Identity provider;

	private final Billing billing;

	PersonaRoutes(Personas personas, Identity provider, Billing billing) {
		this.personas = personas;
		this.billing = billing;
		this.provider = provider;
	}

	List<Route> routes() {
		return List.of(
				new Route("GET", "/personas", "who can sign in, with passwords",
						(order) -> this.personas.all().stream().map(PersonaRoutes::described).toList()),
				new Route("POST", "/personas/{name}/invoices",
						"a new open invoice: {\"payer\":\"…\",\"grosze\":12345}; both may be left out", this::invoice),
				account("POST", "/personas/{name}/lock", "lock the portal account", Identity::lock),
				account("POST", "/personas/{name}/unlock", "unlock it", Identity::unlock),
				account("POST", "/personas/{name}/finish", "finish its setting up, as the link in the e-mail does",
						Identity::finishSetUp),
				new Route("PUT", "/personas/{name}/password", "change its password: {\"password\":\"…\"}", (order) -> {
					order.knowing("password");
					this.provider.changePassword(persona(order).email(), order.requiredText("password"));
					return null;
				}), new Route("POST", "/keys", "rotate the signing key of the identity provider", (order) -> {
					this.provider.rotateKeys();
					return null;
				}));
	}

	private Route account(String method, String path, String purpose, BiConsumer<Identity, String> change) {
		return new Route(method, path, purpose, (order) -> {
			change.accept(this.provider, persona(order).email());
			return null;
		});
	}

	private Map<String, String> invoice(Order order) {
		order.knowing("payer", "grosze");
		List<String> payers = persona(order).contractAccounts().stream().map(ContractAccount::id).toList();
		String asked = order.text("payer");
		String payer = (asked != null) ? asked : payers.getFirst();
		long grosze = order.number("grosze").orElse(12_345);
		if (!payers.contains(payer)) {
			throw new IllegalArgumentException(order.variable() + " has the payer numbers " + payers);
		}
		if (grosze <= 0 || grosze > 100_000_000) {
			throw new IllegalArgumentException("'grosze' must be between 1 and 100000000");
		}
		return Map.of("invoiceId", this.billing.addInvoice(payer, grosze), "payer", payer);
	}

	private Persona persona(Order order) {
		return this.personas.byName(order.variable());
	}

	private static Map<String, Object> described(Persona persona) {
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("name", persona.name());
		description.put("email", persona.email());
		description.put("password", persona.password());
		description.put("accountId", persona.accountId());
		description.put("situation", persona.situation());
		return description;
	}

}
