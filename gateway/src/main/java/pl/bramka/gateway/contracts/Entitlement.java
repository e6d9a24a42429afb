package pl.bramka.gateway.contracts;

import reactor.core.publisher.Mono;

/** x. */
public interface Entitlement {

	/**
	 * x.
	 * @param a x
	 * @return x
	 */
	Mono<Void> check(String a);

}
