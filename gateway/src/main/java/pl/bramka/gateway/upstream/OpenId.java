package pl.bramka.gateway.upstream;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The identity provider, called over the back channel with the gateway's own client.
 */
public interface OpenId {

	/**
	 * Posts a form to an endpoint, with the client's id and secret.
	 * @param name what the call is called where it is measured
	 * @param path the path below the realm, for instance
	 * {@code /protocol/openid-connect/token}
	 * @param form the fields
	 * @param wire the record that holds the fields we read of the answer
	 * @param from makes our shape of it; whatever it throws counts as a garbled answer
	 * @param <W> the wire record
	 * @param <T> our shape
	 * @return the answer; empty if the provider gave none; a {@link Refusal} whose reason
	 * is OAuth's {@code error} (RFC 6749, section 5.2) if it said no; a
	 * {@link pl.bramka.gateway.problem.Problem} if it failed
	 */
	<W, T> Mono<T> post(String name, String path, Map<String, String> form, Class<W> wire, Function<W, T> from);

	/**
	 * Reads a public document, the key set for instance, as it is.
	 * @param name what the call is called where it is measured
	 * @param path the path below the realm
	 * @return the JSON text; a {@link pl.bramka.gateway.problem.Problem} if it failed
	 */
	Mono<String> document(String name, String path);

	/**
	 * The administration of the realm.
	 * @param url its base URL; if null, {@code /admin/realms/{realm}} beside the realm's
	 * own
	 * @return the administration, through the same pipe
	 */
	OpenIdRealm administration(@Nullable URI url);

	/**
	 * The provider's name in its tokens (claim {@code iss}): the base URL of its realm.
	 * @return the issuer
	 */
	String issuer();

}
