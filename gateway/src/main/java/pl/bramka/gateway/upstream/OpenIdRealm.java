package pl.bramka.gateway.upstream;

import java.util.List;
import java.util.function.Function;

import reactor.core.publisher.Mono;

/**
 * The administration of the identity provider's realm, called with a token of the
 * gateway's service account. Each call ends in a {@link Refusal} with the status if the
 * provider said no (its reason is the provider's sentence about a bad request, empty
 * otherwise), and in a {@link pl.bramka.gateway.problem.Problem} if the provider failed.
 */
public interface OpenIdRealm {

	/**
	 * Reads a list.
	 * @param name what the call is called where it is measured
	 * @param path the path below the realm's administration, with its query
	 * @param token of the service account
	 * @param wire the record that holds the fields we read of each
	 * @param from makes our shape of it; whatever it throws counts as a garbled answer
	 * @param <W> the wire record
	 * @param <T> our shape
	 * @return the list, possibly empty
	 */
	<W, T> Mono<List<T>> list(String name, String path, String token, Class<W> wire, Function<W, T> from);

	/**
	 * Makes something new.
	 * @param name what the call is called where it is measured
	 * @param path the path below the realm's administration
	 * @param token of the service account
	 * @param content what Jackson can write
	 * @return the id it was given
	 */
	Mono<String> create(String name, String path, String token, Object content);

	/**
	 * Changes something, or has something done with it.
	 * @param name what the call is called where it is measured
	 * @param path the path below the realm's administration
	 * @param token of the service account
	 * @param content what Jackson can write
	 * @return completes once it is done
	 */
	Mono<Void> put(String name, String path, String token, Object content);

}
