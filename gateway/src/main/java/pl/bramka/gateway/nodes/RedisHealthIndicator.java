package pl.bramka.gateway.nodes;

import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The component {@code redis} of a node's health. No part of its readiness: a node
 * without Redis goes on serving, and all nodes lose it at once.
 */
@Component
@ConditionalOnProperty("bramka.nodes.redis")
final class RedisHealthIndicator implements ReactiveHealthIndicator {

	private final Redis redis;

	RedisHealthIndicator(Redis redis) {
		this.redis = redis;
	}

	@Override
	public Mono<Health> health() {
		return Mono.just((this.redis.answers() ? Health.up() : Health.down()).build());
	}

}
