package pl.bramka.gateway.audit;

import java.time.Clock;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import pl.bramka.gateway.keys.Pseudonyms;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.observability.RequestId;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * One audit record per security event: who (as a pseudonym), which device, what, with
 * which result, in which request. Never a secret, never personal data. It is a line of
 * the log and a row of the database; without the database a request goes as far as it
 * can, and the row is counted as lost.
 */
@Component
public final class SecurityEvents {

	private static final Logger audit = LoggerFactory.getLogger("audit");

	private final Pseudonyms pseudonyms;

	private final RecordedEvents rows;

	private final AuditProperties settings;

	private final Clock clock;

	private final MeterRegistry meters;

	private final Counter lost;

	SecurityEvents(Pseudonyms pseudonyms, RecordedEvents rows, AuditProperties settings, Clock clock,
			MeterRegistry meters) {
		this.pseudonyms = pseudonyms;
		this.rows = rows;
		this.settings = settings;
		this.clock = clock;
		this.meters = meters;
		this.lost = meters.counter(Names.AUDIT_LOST);
	}

	/**
	 * Records an event.
	 * @param event what happened
	 * @param person the customer's id, or the e-mail of somebody not yet known
	 * @param device the thumbprint of its key
	 * @param result {@code done}, or the code of the refusal
	 * @return once it is recorded, or cannot be; never fails
	 */
	public Mono<Void> record(SecurityEvent event, String person, String device, String result) {
		return Mono.deferContextual((context) -> {
			String who = this.pseudonyms.of(person);
			String request = RequestId.of(context);
			audit.info("event={} result={} who={} device={} request={}", event.tag(), result, who, device, request);
			this.meters.counter(Names.SECURITY_EVENTS, "event", event.tag(), "result", result).increment();
			return row(new RecordedEvent(this.clock.instant(), event.tag(), result, who, device, request));
		});
	}

	private Mono<Void> row(RecordedEvent event) {
		// It has just failed to answer: who was refused for it need not wait once more.
		Mono<Void> written = event.result().equals(ProblemCode.STORE_UNAVAILABLE.code())
				? Mono.error(new IllegalStateException("no database"))
				: this.rows.add(event).timeout(this.settings.limit(), Schedulers.boundedElastic());
		return written.onErrorResume((failure) -> {
			this.lost.increment();
			return Mono.empty();
		});
	}

}
