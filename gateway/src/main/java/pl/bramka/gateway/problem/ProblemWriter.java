package pl.bramka.gateway.problem;

import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Writes every failure as {@code application/problem+json} (RFC 9457): of gates, routes,
 * security and controllers alike. The only place in the gateway that does.
 */
@Component
@Order(-2)
final class ProblemWriter implements ErrorWebExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

	/** Set by the first gate on every answer, before anything can fail. */
	private static final String REQUEST_ID = "Request-Id";

	private final ProblemJson json;

	ProblemWriter(ProblemJson json) {
		this.json = json;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		ServerHttpResponse response = exchange.getResponse();
		String requestId = Objects.requireNonNullElse(response.getHeaders().getFirst(REQUEST_ID), "");
		if (response.isCommitted()) {
			return cut(failure, requestId);
		}
		Problem problem = ProblemTranslation.of(failure);
		if (problem.code() == ProblemCode.INTERNAL_ERROR) {
			log.error("request={} failed: {}", requestId, FailureOutline.of(failure));
		}
		Language language = Language.of(exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE));
		byte[] body = this.json.of(problem, language, requestId);
		response.setStatusCode(problem.code().status());
		setHeaders(response.getHeaders(), problem, failure, language, body.length);
		return response.writeWith(Mono.<DataBuffer>fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	/**
	 * Too late to tell the caller anything but that the answer is not whole. The server
	 * logs what it is given, so it is not given the failure.
	 */
	private static Mono<Void> cut(Throwable failure, String requestId) {
		if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			return Mono.error(failure);
		}
		log.error("request={} cut: {}", requestId, FailureOutline.of(failure));
		return Mono.error(Problem.of(ProblemCode.INTERNAL_ERROR));
	}

	private static void setHeaders(HttpHeaders headers, Problem problem, Throwable failure, Language language,
			int length) {
		headers.clearContentHeaders();
		headers.remove(HttpHeaders.ETAG);
		if (failure instanceof ErrorResponse response && response.getHeaders().containsHeader(HttpHeaders.ALLOW)) {
			headers.setAllow(response.getHeaders().getAllow());
		}
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setContentLength(length);
		headers.set(HttpHeaders.CONTENT_LANGUAGE, language.tag());
		headers.setCacheControl("no-store");
		switch (problem.code().status()) {
			case UNAUTHORIZED -> headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge(problem));
			case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> headers.set(HttpHeaders.RETRY_AFTER,
					String.valueOf(Objects.requireNonNullElse(problem.retryAfterSeconds(), 5L)));
			default -> {
			}
		}
	}

	/** RFC 9449, section 7.1: the scheme, the algorithms it takes, and what was wrong. */
	private static String challenge(Problem problem) {
		if (problem.challenge() != null) {
			return "DPoP " + problem.challenge();
		}
		return switch (problem.code()) {
			case INVALID_TOKEN -> "DPoP error=\"invalid_token\", algs=\"ES256\"";
			case INVALID_PROOF -> "DPoP error=\"invalid_dpop_proof\", algs=\"ES256\"";
			default -> "DPoP algs=\"ES256\"";
		};
	}

}
