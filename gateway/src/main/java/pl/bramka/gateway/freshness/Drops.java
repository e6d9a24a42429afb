package pl.bramka.gateway.freshness;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.nodes.Announcements;
import pl.bramka.gateway.nodes.Topic;

import org.springframework.stereotype.Component;

/**
 * Has what is kept of a customer forgotten on every node. While a node cannot hear of it,
 * it trusts what it holds for a few seconds only ({@code bramka.nodes.trust}).
 */
@Component
public final class Drops {

	private final Announcements announcements;

	private final Map<String, Consumer<String>> caches = new ConcurrentHashMap<>();

	Drops(Announcements announcements, FreshnessCaches all) {
		this.announcements = announcements;
		announcements.listen(Topic.DROP, this::here);
		announcements.whenMissed(all::doubt);
	}

	/**
	 * Makes a cache known.
	 * @param cache its name, the same on every node
	 * @param drop forgets on this node what is kept of the customer with this id
	 */
	public void add(String cache, Consumer<String> drop) {
		this.caches.put(cache, drop);
	}

	/**
	 * Forgets, here at once and on the other nodes when they hear of it.
	 * @param cache the cache's name
	 * @param customerId whose
	 * @return completes when the other nodes have been told, or could not be; never fails
	 */
	public Mono<Void> everywhere(String cache, String customerId) {
		return Mono.defer(() -> {
			here(cache, customerId);
			return this.announcements.announce(Topic.DROP, cache, customerId);
		});
	}

	/** A name that is not known here comes from a newer or older node. */
	private void here(String cache, String customerId) {
		this.caches.getOrDefault(cache, (customer) -> {
		}).accept(customerId);
	}

}
