package pl.bramka.gateway.strict;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import jakarta.validation.metadata.CascadableDescriptor;
import jakarta.validation.metadata.ContainerDescriptor;
import jakarta.validation.metadata.ElementDescriptor;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Before a node says it is ready: learns what the body of each operation must look like.
 * The validator would do so when a body comes first, on the event loop, and callers that
 * come together then would wait for each other at the lock of its table.
 */
@Component
final class KnownBodies implements ApplicationRunner {

	private final RequestMappingHandlerMapping operations;

	private final Validator validator;

	KnownBodies(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping operations,
			Validator validator) {
		this.operations = operations;
		this.validator = validator;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		Set<Class<?>> known = new HashSet<>();
		this.operations.getHandlerMethods().values().forEach((operation) -> {
			learn(operation.getBeanType(), known);
			Arrays.stream(operation.getMethodParameters())
				.filter((parameter) -> parameter.hasParameterAnnotation(RequestBody.class))
				.forEach((parameter) -> learn(body(parameter), known));
		});
	}

	private static Class<?> body(MethodParameter parameter) {
		ResolvableType type = ResolvableType.forMethodParameter(parameter);
		return Mono.class.equals(type.resolve()) ? type.getGeneric().resolve(Object.class) : type.resolve(Object.class);
	}

	/** With what it is built upon and what it holds: each is looked up by itself. */
	private void learn(@Nullable Class<?> type, Set<Class<?>> known) {
		if (type != null && known.add(type)) {
			this.validator.getConstraintsForClass(type)
				.getConstrainedProperties()
				.forEach((property) -> learnHeld(property, known));
			learn(type.getSuperclass(), known);
		}
	}

	private <D extends ElementDescriptor & CascadableDescriptor & ContainerDescriptor> void learnHeld(D part,
			Set<Class<?>> known) {
		if (part.isCascaded()) {
			learn(part.getElementClass(), known);
		}
		part.getConstrainedContainerElementTypes().forEach((element) -> learnHeld(element, known));
	}

}
