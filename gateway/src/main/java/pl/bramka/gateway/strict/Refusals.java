package pl.bramka.gateway.strict;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import io.github.bucket4j.Bucket;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.observability.AccessLog;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.observability.RequestId;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.problem.ProblemJson;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * The answer to a request that nobody else will see, and its trace in log and metrics.
 */
@Component
final class Refusals {

	private static final String ROUTE = "refused";

	private static final String LET_GO = "let-go";

	/** Lines a second of those that are let go; writing thousands would cost answers. */
	private static final int LINES = 100;

	private final ProblemJson json;

	private final AccessLog log;

	private final MeterRegistry meters;

	private final Map<Language, BodyTemplate> overloaded = new EnumMap<>(Language.class);

	private final Bucket lines = Bucket.builder()
		.addLimit((limit) -> limit.capacity(LINES).refillGreedy(LINES, Duration.ofSeconds(1)))
		.build();

	Refusals(ProblemJson json, MeterRegistry meters) {
		this.json = json;
		this.log = new AccessLog(meters);
		this.meters = meters;
		for (Language each : Language.values()) {
			this.overloaded.put(each, new BodyTemplate(json, Problem.of(ProblemCode.OVERLOADED), each));
		}
	}

	/**
	 * The answer, after which the connection is closed.
	 * @param code why the request is refused
	 * @param request its head, as far as it could be read
	 * @param nanos how long ago it began
	 */
	FullHttpResponse answer(ProblemCode code, @Nullable HttpRequest request, long nanos) {
		String id = RequestId.choose(header(request, RequestId.HEADER));
		Language language = Language.of(header(request, HttpHeaderNames.ACCEPT_LANGUAGE));
		int status = code.status().value();
		this.log.over((request != null) ? request.method().name() : "", ROUTE, status, nanos, id);
		byte[] body = this.json.of(Problem.of(code), language, id);
		FullHttpResponse answer = answer(status, body, language, id);
		answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		if (code == ProblemCode.OVERLOADED) {
			answer.headers().setInt(HttpHeaderNames.RETRY_AFTER, 5);
		}
		return answer;
	}

	/**
	 * The answer to a request that the node cannot carry; its connection may stay.
	 * @param request its head
	 * @param later when to come back
	 * @param nanos how long ago it began
	 */
	FullHttpResponse letGo(HttpRequest request, Duration later, long nanos) {
		String id = RequestId.choose(header(request, RequestId.HEADER));
		Language language = Language.of(header(request, HttpHeaderNames.ACCEPT_LANGUAGE));
		int status = ProblemCode.OVERLOADED.status().value();
		if (this.lines.tryConsume(1)) {
			this.log.over(request.method().name(), LET_GO, status, nanos, id);
		}
		else {
			this.log.measure(request.method().name(), LET_GO, status, nanos);
		}
		FullHttpResponse answer = answer(status, Objects.requireNonNull(this.overloaded.get(language)).with(id),
				language, id);
		answer.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
		answer.headers().set(HttpHeaderNames.RETRY_AFTER, String.valueOf(later.toSeconds()));
		return answer;
	}

	private static FullHttpResponse answer(int status, byte[] body, Language language, String id) {
		FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status),
				Unpooled.wrappedBuffer(body));
		HttpHeaders headers = answer.headers();
		headers.set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
		headers.set(HttpHeaderNames.CONTENT_LANGUAGE, language.tag());
		headers.set(RequestId.HEADER, id);
		return answer;
	}

	/** A connection that brought nothing is closed without a word. */
	void silent() {
		this.meters.counter(Names.CONNECTIONS_CUT, "reason", "silent").increment();
	}

	private static @Nullable String header(@Nullable HttpRequest request, CharSequence name) {
		return (request != null) ? request.headers().get(name) : null;
	}

}
