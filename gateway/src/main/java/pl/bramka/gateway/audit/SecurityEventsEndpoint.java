package pl.bramka.gateway.audit;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.stereotype.Component;

/**
 * {@code GET /actuator/securityevents/{pseudonym}?limit=} on the management port: what
 * happened to somebody's access, the newest first. The pseudonym comes from
 * {@link PseudonymEndpoint}.
 */
@Component
@Endpoint(id = "securityevents")
final class SecurityEventsEndpoint {

	private static final int USUAL = 100;

	private static final int MOST = 1000;

	private final RecordedEvents events;

	SecurityEventsEndpoint(RecordedEvents events) {
		this.events = events;
	}

	@ReadOperation
	Mono<Answer> events(@Selector String pseudonym, @Nullable Integer limit) {
		int most = (limit != null) ? Math.clamp(limit, 1, MOST) : USUAL;
		return this.events.of(pseudonym, most).map(Answer::new);
	}

	record Answer(List<RecordedEvent> events) {
	}

}
