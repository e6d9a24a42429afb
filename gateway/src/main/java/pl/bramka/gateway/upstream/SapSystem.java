package pl.bramka.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.util.UriUtils;

/**
 * An SAP Gateway service behind a pipe: its way of addressing, its envelope, its error
 * form and its handshake before changes. Modelled on the public documentation of SAP
 * Multichannel Foundation for Utilities.
 */
final class SapSystem implements OData {

	/** The service has nothing under the conditions asked for. */
	private static final String NO_DATA = "MDMXFW/033";

	/** The service failed and says so in the form of a business error. */
	private static final String UNCAUGHT = "/IWFND/CM_BEC/026";

	private final Pipe pipe;

	private final FilePipe files;

	private final CsrfSession session;

	private final ODataEnvelope envelope = new ODataEnvelope();

	SapSystem(Pipe pipe) {
		this.pipe = pipe;
		this.files = new FilePipe(pipe);
		this.session = new CsrfSession(pipe.exchange(HttpMethod.GET, "/?sap-language=PL", (headers) -> {
			acceptJson(headers);
			CsrfSession.askForToken(headers);
		}, null));
	}

	@Override
	public <W, T> Mono<T> one(ODataQuery query, Class<W> wire, Function<W, T> from) {
		return get(query, (reply) -> {
			if (reply.status() == 404) {
				// Only SAP's own form says "no such entity"; a page says nothing.
				refusal(reply);
				return Mono.empty();
			}
			checked(reply);
			return Mono.just(mapped(from, this.envelope.one(reply, wire)));
		});
	}

	@Override
	public <W, T> Mono<List<T>> many(ODataQuery query, Class<W> wire, Function<W, T> from) {
		return get(query, (reply) -> {
			if (reply.isSuccess()) {
				return Mono.just(this.envelope.many(reply, wire).stream().map((each) -> mapped(from, each)).toList());
			}
			Refusal refusal = refusal(reply);
			if (NO_DATA.equals(refusal.reason())) {
				return Mono.just(List.of());
			}
			throw refusal;
		});
	}

	@Override
	public <W, T> Mono<T> write(ODataWrite write, Class<W> wire, Function<W, T> from) {
		String path = path(write.path(), write.variables());
		byte[] body = this.envelope.write(write.body());
		Mono<T> attempt = this.session.send((pass) -> this.pipe.exchange(write.method(), path, (headers) -> {
			acceptJson(headers);
			headers.setContentType(MediaType.APPLICATION_JSON);
			pass.writeTo(headers);
		}, body)).flatMap((reply) -> {
			checked(reply);
			return (reply.status() == 204) ? Mono.empty() : Mono.just(mapped(from, this.envelope.one(reply, wire)));
		});
		return this.pipe.write(write.name(), attempt);
	}

	@Override
	public <T> Mono<T> file(ODataQuery query, FileKind kind, FileLimits limits, Function<FileStream, Mono<T>> to) {
		String path = path(query.path(), query.variables());
		return this.files.read(query.name(), path, kind, limits, to, (reply) -> {
			Refusal refusal = refusal(reply);
			if (reply.status() == 404 || NO_DATA.equals(refusal.reason())) {
				return Mono.empty();
			}
			throw refusal;
		}).onErrorMap(Refusal.class, (refusal) -> Problem.of(this.pipe.name().refused(), refusal));
	}

	private <T> Mono<T> get(ODataQuery query, Function<Reply, Mono<T>> read) {
		String path = path(query.path(), query.variables());
		Mono<T> attempt = this.pipe.exchange(HttpMethod.GET, path, SapSystem::acceptJson, null).flatMap(read);
		return this.pipe.read(query.name(), attempt)
			.onErrorMap(Refusal.class, (refusal) -> Problem.of(this.pipe.name().refused(), refusal));
	}

	private void checked(Reply reply) {
		if (!reply.isSuccess()) {
			throw refusal(reply);
		}
	}

	/**
	 * What the service refused, or a failure if it is one in disguise. Status 400 is for
	 * faults of the business, 500 for those of the machine; having no data is neither,
	 * whatever its status.
	 */
	private Refusal refusal(Reply reply) {
		if (reply.status() < 400 || reply.status() == 401 || reply.status() == 403 || reply.status() == 429
				|| reply.status() > 500 || !reply.isJson()) {
			throw reply.failure();
		}
		Refusal refusal = this.envelope.refusal(reply);
		if (UNCAUGHT.equals(refusal.reason()) || (reply.status() == 500 && !NO_DATA.equals(refusal.reason()))) {
			throw reply.failure();
		}
		return refusal;
	}

	/** A value that our shape cannot take is the system's mistake, not the caller's. */
	private static <W, T> T mapped(Function<W, T> from, W wire) {
		try {
			return from.apply(wire);
		}
		catch (RuntimeException ex) {
			throw new UpstreamFailure(UpstreamFailure.Kind.GARBLED, ex);
		}
	}

	private static void acceptJson(HttpHeaders headers) {
		headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
	}

	/** Fills the template; a variable is a literal and can never end it. */
	static String path(String template, List<String> variables) {
		StringBuilder path = new StringBuilder(template.length() + 64).append('/');
		int from = 0;
		for (String variable : variables) {
			int hole = template.indexOf("{}", from);
			path.append(template, from, hole)
				.append(UriUtils.encode(variable.replace("'", "''"), StandardCharsets.UTF_8));
			from = hole + 2;
		}
		path.append(template, from, template.length());
		path.append((template.indexOf('?') < 0) ? '?' : '&').append("sap-language=PL");
		return path.toString().replace(" ", "%20");
	}

}
