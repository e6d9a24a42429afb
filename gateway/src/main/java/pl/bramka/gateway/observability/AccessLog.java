package pl.bramka.gateway.observability;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of a request, however early it ended: one access line, and one measurement
 * of every one. Neither holds anything that the caller sent.
 */
public final class AccessLog {

	private static final Logger access = LoggerFactory.getLogger("access");

	private final MeterRegistry meters;

	private final Map<Answer, Timer> timers = new ConcurrentHashMap<>();

	/**
	 * The log.
	 * @param meters where requests are counted
	 */
	public AccessLog(MeterRegistry meters) {
		this.meters = meters;
	}

	/**
	 * A request is over.
	 * @param method its method, or anything else for one that is none
	 * @param route the pattern of its route, or another word of ours
	 * @param status the status of the answer
	 * @param nanos how long it took
	 * @param id its id
	 */
	public void over(String method, String route, int status, long nanos, String id) {
		measure(method, route, status, nanos);
		access.info("method={} route={} status={} ms={} request={}", known(method), route, status,
				TimeUnit.NANOSECONDS.toMillis(nanos), id);
	}

	/**
	 * A request is over of which there are too many for a line each.
	 * @param method its method, or anything else for one that is none
	 * @param route another word of ours
	 * @param status the status of the answer
	 * @param nanos how long it took
	 */
	public void measure(String method, String route, int status, long nanos) {
		this.timers.computeIfAbsent(new Answer(known(method), route, status), this::timer)
			.record(nanos, TimeUnit.NANOSECONDS);
	}

	/** Methods, routes and statuses are ours and few. */
	private record Answer(String method, String route, int status) {
	}

	private Timer timer(Answer answer) {
		return Timer.builder(Names.REQUESTS)
			.tag("method", answer.method())
			.tag("route", answer.route())
			.tag("status", String.valueOf(answer.status()))
			.register(this.meters);
	}

	/** A caller may invent methods; a meter and a log line take only those that exist. */
	private static String known(String method) {
		return switch (method) {
			case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" -> method;
			default -> "OTHER";
		};
	}

}
