package pl.bramka.gateway.connections;

import java.net.URI;
import java.util.Map;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.AsciiString;

/**
 * What every answer carries, whoever wrote it, unless it says something else itself. The
 * only place that writes these headers.
 */
@ChannelHandler.Sharable
@SuppressWarnings("FutureReturnValueIgnored") // How it went is told to the promise.
final class AnswerHeaders extends ChannelOutboundHandlerAdapter {

	private static final Map<CharSequence, String> ALWAYS = Map.of(
			// An answer is what its type says, and nothing a browser guesses.
			AsciiString.cached("x-content-type-options"), "nosniff",
			// Most answers are one customer's.
			HttpHeaderNames.CACHE_CONTROL, "no-store",
			// No answer is a page; the documentation's has a policy of its own.
			HttpHeaderNames.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'",
			// Paths hold ids.
			AsciiString.cached("referrer-policy"), "no-referrer");

	/** RFC 6797: a year, the shortest that the browsers' list takes. */
	private static final String ENCRYPTED_ONLY = "max-age=31536000; includeSubDomains";

	private final boolean encrypted;

	AnswerHeaders(URI publicUrl) {
		this.encrypted = "https".equals(publicUrl.getScheme());
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse answer && answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			HttpHeaders headers = answer.headers();
			ALWAYS.forEach((name, value) -> {
				if (!headers.contains(name)) {
					headers.set(name, value);
				}
			});
			if (this.encrypted) {
				headers.set("strict-transport-security", ENCRYPTED_ONLY);
			}
		}
		context.write(message, promise);
	}

}
