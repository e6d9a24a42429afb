package pl.bramka.gateway.session;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.access.Pseudonyms;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.observability.RequestId;

import org.springframework.stereotype.Component;

/**
 * One audit record per security event: who (as a pseudonym), which device, what, with
 * which result, in which request. Never a secret, never personal data.
 */
@Component
final class SecurityEvents {

	private static final Logger audit = LoggerFactory.getLogger("audit");

	private final Pseudonyms pseudonyms;

	private final MeterRegistry meters;

	SecurityEvents(Pseudonyms pseudonyms, MeterRegistry meters) {
		this.pseudonyms = pseudonyms;
		this.meters = meters;
	}

	/** Something that happened. */
	enum Event {

		SIGN_IN("sign-in"), REFRESH("refresh"), TOKEN_REUSE("token-reuse"), SIGN_OUT("sign-out"),
		SESSION_END("session-end");

		private final String tag;

		Event(String tag) {
			this.tag = tag;
		}

	}

	/**
	 * Records an event.
	 * @param person the customer's id, or the e-mail of somebody not yet known
	 * @param result {@code done}, or the code of the refusal
	 */
	Mono<Void> record(Event event, String person, String device, String result) {
		return Mono.deferContextual((context) -> {
			audit.info("event={} result={} who={} device={} request={}", event.tag, result, this.pseudonyms.of(person),
					device, RequestId.of(context));
			this.meters.counter(Names.SECURITY_EVENTS, "event", event.tag, "result", result).increment();
			return Mono.empty();
		});
	}

}
