package pl.bramka.gateway.freshness;

import java.time.Instant;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * One part of an answer that stands even if the part is missing.
 *
 * @param state what the app may think of the data
 * @param asOf when the upstream said so; absent without data
 * @param data the part; absent if {@link State#UNAVAILABLE} or {@link State#NOT_ENTITLED}
 * @param problem why there is no data; only if {@link State#UNAVAILABLE}
 * @param <T> the kind of part
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Section<T>(State state, @Nullable Instant asOf, @Nullable T data, @Nullable Reason problem) {

	private static final Logger log = LoggerFactory.getLogger(Section.class);

	/**
	 * A part that is there.
	 * @param part the part and its age
	 * @param <T> the kind of part
	 * @return the section
	 */
	public static <T> Section<T> of(Aged<T> part) {
		return new Section<>(part.state(), part.asOf(), part.value(), null);
	}

	/**
	 * A section that never fails.
	 * @param name what the section is called in the answer
	 * @param part the part; a failure makes the section {@link State#UNAVAILABLE}, empty
	 * makes it {@link State#NOT_ENTITLED}
	 * @param meters where the states of sections are counted
	 * @param <T> the kind of part
	 * @return the section
	 */
	public static <T> Mono<Section<T>> of(String name, Mono<Aged<T>> part, MeterRegistry meters) {
		return part.map(Section::of)
			.onErrorResume((failure) -> Mono.just(unavailable(name, failure)))
			.defaultIfEmpty(new Section<>(State.NOT_ENTITLED, null, null, null))
			.doOnNext((section) -> meters.counter(Names.SECTIONS, "section", name, "state", section.state().name())
				.increment());
	}

	/**
	 * A section made of this one's data, in the same state and of the same age.
	 * @param change makes its data
	 * @param <R> the kind of result
	 * @return the section
	 */
	public <R> Section<R> map(Function<T, R> change) {
		return new Section<>(this.state, this.asOf, (this.data != null) ? change.apply(this.data) : null, this.problem);
	}

	/** A message may quote personal data: only the type of the unforeseen is logged. */
	private static <T> Section<T> unavailable(String name, Throwable failure) {
		if (!(failure instanceof Problem)) {
			log.error("section={} failed: {}", name, failure.getClass().getName());
		}
		Problem problem = (failure instanceof Problem known) ? known : Problem.of(ProblemCode.INTERNAL_ERROR);
		return new Section<>(State.UNAVAILABLE, null, null,
				new Reason(problem.code().code(), problem.retryAfterSeconds()));
	}

	/**
	 * Why a part is missing.
	 *
	 * @param code the code of the catalogue
	 * @param retryAfterSeconds when trying again may help; absent if that is not known
	 */
	@Schema(name = "MissingBecause")
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Reason(@Schema(ref = "ProblemCode") String code, @Nullable Long retryAfterSeconds) {
	}

}
