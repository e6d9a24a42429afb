package pl.bramka.gateway.upstream;

import java.util.function.Function;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * A system behind a pipe that takes forms.
 */
final class FormSystem implements Forms {

	private final Pipe pipe;

	FormSystem(Pipe pipe) {
		this.pipe = pipe;
	}

	@Override
	public <T> Mono<T> send(FormPost form, Function<byte[], T> from) {
		return this.pipe.write(form.name(), attempt(form, from))
			.onErrorMap(Problem.class, (problem) -> UpstreamFailure.isBeforeSending(problem.getCause())
					? new NothingSent(problem) : problem);
	}

	@Override
	public <T> Mono<T> ask(FormPost form, Function<byte[], T> from) {
		return this.pipe.read(form.name(), attempt(form, from));
	}

	private <T> Mono<T> attempt(FormPost form, Function<byte[], T> from) {
		return this.pipe.exchange(HttpMethod.POST, form.path(), (headers) -> {
			form.headers().forEach(headers::set);
			headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
		}, FormPost.encoded(form.fields())).map((reply) -> {
			// A redirect or an empty success is no answer either.
			if (reply.status() != 200) {
				throw reply.failure();
			}
			return mapped(from, reply.body());
		});
	}

	private static <T> T mapped(Function<byte[], T> from, byte[] body) {
		try {
			return from.apply(body);
		}
		catch (RuntimeException ex) {
			throw new UpstreamFailure(UpstreamFailure.Kind.GARBLED, ex);
		}
	}

}
