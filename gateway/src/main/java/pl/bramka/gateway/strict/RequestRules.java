package pl.bramka.gateway.strict;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.ProblemCode;

/**
 * What the head of a request must be, beyond what Netty's decoder insists on.
 */
final class RequestRules {

	private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

	private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE,
			HttpMethod.OPTIONS);

	/** RFC 9110, section 7.2: a name or an address, and a port. Nothing else. */
	private static final Pattern HOST = Pattern
		.compile("(?:[A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");

	/** A phone sends a dozen. */
	private static final int MOST_HEADERS = 100;

	/** They move the end of a request: Netty reads 8 bytes more (hixie-76). */
	private static final String WEBSOCKET = "sec-websocket-";

	private RequestRules() {
	}

	/**
	 * What is wrong with a request. One whose target is written with the gateway's
	 * address (RFC 9112, section 3.2.2) has it written without afterwards.
	 * @param request its head
	 * @return the problem, or nothing if it may be read
	 */
	static @Nullable ProblemCode problem(HttpRequest request) {
		if (request.decoderResult().isFailure()) {
			return problem(request.decoderResult().cause());
		}
		if (request.headers().size() > MOST_HEADERS) {
			return ProblemCode.HEADERS_TOO_LARGE;
		}
		if (!isKnown(request.protocolVersion()) || !hasHost(request.headers()) || !hasPlainBody(request)) {
			return ProblemCode.MALFORMED_REQUEST;
		}
		removeAuthority(request);
		return RequestTarget.problem(request.uri());
	}

	/**
	 * What the decoder could not read.
	 * @param failure why not
	 * @return the problem
	 */
	static ProblemCode problem(Throwable failure) {
		if (failure instanceof TooLongHttpLineException) {
			return ProblemCode.URI_TOO_LONG;
		}
		return (failure instanceof TooLongHttpHeaderException) ? ProblemCode.HEADERS_TOO_LARGE
				: ProblemCode.MALFORMED_REQUEST;
	}

	/** Netty makes another one of a version in small letters. */
	@SuppressWarnings("ReferenceEquality")
	private static boolean isKnown(HttpVersion version) {
		return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
	}

	private static boolean hasHost(HttpHeaders headers) {
		List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
		return hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches();
	}

	/** Its end can be found in one way only. */
	private static boolean hasPlainBody(HttpRequest request) {
		HttpHeaders headers = request.headers();
		List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
		boolean chunked = encodings.size() == 1
				&& HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encodings.getFirst());
		boolean empty = encodings.isEmpty() && HttpUtil.getContentLength(request, 0L) == 0;
		boolean expected = WITH_BODY.contains(request.method()) || (WITHOUT_BODY.contains(request.method()) && empty);
		boolean announced = !headers.contains(HttpHeaderNames.EXPECT) || HttpUtil.is100ContinueExpected(request);
		return expected && announced && (chunked || encodings.isEmpty()) && !speaksWebSocket(headers);
	}

	private static boolean speaksWebSocket(HttpHeaders headers) {
		for (Map.Entry<String, String> header : headers) {
			if (header.getKey().regionMatches(true, 0, WEBSOCKET, 0, WEBSOCKET.length())) {
				return true;
			}
		}
		return false;
	}

	private static void removeAuthority(HttpRequest request) {
		if (request.uri().startsWith("/")) {
			return;
		}
		String host = request.headers().get(HttpHeaderNames.HOST);
		for (String scheme : List.of("http://", "https://")) {
			String own = scheme + host;
			if (request.uri().regionMatches(true, 0, own, 0, own.length())
					&& request.uri().startsWith("/", own.length())) {
				request.setUri(request.uri().substring(own.length()));
			}
		}
	}

}
