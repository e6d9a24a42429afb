package pl.bramka.gateway.upstream;

import java.util.function.Function;

import reactor.core.publisher.Mono;

/**
 * A system that takes forms and answers in a form of its own. It gets no password of
 * ours: whatever says who we are is in the form.
 */
public interface Forms {

	/**
	 * Posts a form that changes something: once, whatever happens.
	 * @param form what to post
	 * @param from reads the body of an answer of status 200; whatever it throws counts as
	 * a garbled answer
	 * @param <T> what the answer says
	 * @return the answer; {@link NothingSent} if it is certain that the system has not
	 * seen the form; any other {@link pl.bramka.gateway.problem.Problem} if it may have
	 */
	<T> Mono<T> send(FormPost form, Function<byte[], T> from);

	/**
	 * Posts a form that changes nothing: a read, which may be tried a second time.
	 * @param form what to post
	 * @param from reads the body of an answer of status 200; whatever it throws counts as
	 * a garbled answer
	 * @param <T> what the answer says
	 * @return the answer; a {@link pl.bramka.gateway.problem.Problem} if there is none
	 */
	<T> Mono<T> ask(FormPost form, Function<byte[], T> from);

}
