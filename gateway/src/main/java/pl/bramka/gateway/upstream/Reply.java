package pl.bramka.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What came back: status, headers and the whole body, which is bounded.
 */
final class Reply {

	private final int status;

	private final HttpHeaders headers;

	private final byte[] body;

	Reply(int status, HttpHeaders headers, byte[] body) {
		this.status = status;
		this.headers = headers;
		this.body = body;
	}

	int status() {
		return this.status;
	}

	HttpHeaders headers() {
		return this.headers;
	}

	boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	/**
	 * Whether the body calls itself JSON. An expired logon and a web firewall both answer
	 * 200 with a page for people: parsed or not, that is no answer.
	 */
	boolean isJson() {
		try {
			MediaType type = this.headers.getContentType();
			return type != null && type.isCompatibleWith(MediaType.APPLICATION_JSON);
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	/** Reads the body as JSON, or says that it is garbled. */
	<T> T json(ObjectReader reader, Class<T> type) {
		if (!isJson()) {
			throw new UpstreamFailure(UpstreamFailure.Kind.GARBLED, null);
		}
		try {
			@Nullable Object value = reader.readValue(this.body);
			return type.cast(Objects.requireNonNull(value));
		}
		catch (JacksonException | NullPointerException ex) {
			throw new UpstreamFailure(UpstreamFailure.Kind.GARBLED, ex);
		}
	}

	byte[] body() {
		return this.body;
	}

	/** The body as text, whatever it says. */
	String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	/** The failure that a status means by itself, when the body does not say more. */
	UpstreamFailure failure() {
		return new UpstreamFailure(switch (this.status) {
			case 502, 503, 504 -> UpstreamFailure.Kind.NOT_SERVING;
			case 200 -> UpstreamFailure.Kind.GARBLED;
			default -> UpstreamFailure.Kind.FAULT;
		}, null);
	}

}
