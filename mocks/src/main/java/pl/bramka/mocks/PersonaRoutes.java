package pl.bramka.mocks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import pl.bramka.mocks.control.Order;
import pl.bramka.mocks.control.Route;
import pl.bramka.mocks.identity.Identity;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;

/**
 * Personas over the control server, and what the web portal can do to their accounts.
 */
final class PersonaRoutes {

	private final Personas personas;

	private final Identity provider;

	PersonaRoutes(Personas personas, Identity provider) {
		this.personas = personas;
		this.provider = provider;
	}

	List<Route> routes() {
		return List.of(
				new Route("GET", "/personas", "who can sign in, with passwords",
						(order) -> this.personas.all().stream().map(PersonaRoutes::described).toList()),
				account("POST", "/personas/{name}/lock", "lock the portal account", Identity::lock),
				account("POST", "/personas/{name}/unlock", "unlock it", Identity::unlock),
				account("POST", "/personas/{name}/finish", "finish its setting up, as the link in the e-mail does",
						Identity::finishSetUp),
				new Route("PUT", "/personas/{name}/password", "change its password: {\"password\":\"…\"}", (order) -> {
					order.knowing("password");
					this.provider.changePassword(persona(order).email(), order.requiredText("password"));
					return null;
				}),
				new Route("GET", "/mails", "e-mails that the identity provider was asked to send",
						(order) -> this.provider.mails()),
				new Route("POST", "/keys", "rotate the signing key of the identity provider", (order) -> {
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
