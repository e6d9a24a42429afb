package pl.bramka.gateway.problem;

import java.util.List;
import java.util.Map;

import org.springframework.beans.TypeMismatchException;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatusCode;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebInputException;

/**
 * The catalogue's word for each failure that the framework raises by itself. What nobody
 * foresaw is the gateway's own fault. Messages of exceptions are never handed on: they
 * may quote what the caller sent.
 */
final class ProblemTranslation {

	private ProblemTranslation() {
	}

	static Problem of(Throwable failure) {
		if (failure instanceof Problem problem) {
			return problem;
		}
		if (isCausedBy(failure, DataBufferLimitException.class)) {
			return Problem.of(ProblemCode.PAYLOAD_TOO_LARGE);
		}
		if (failure instanceof WebExchangeBindException invalid) {
			return invalid(invalid.getFieldErrors().stream().map(FieldError::getField).sorted().distinct().toList());
		}
		if (failure instanceof HandlerMethodValidationException invalid) {
			return invalid(invalid.getParameterValidationResults()
				.stream()
				.map((result) -> String.valueOf(result.getMethodParameter().getParameterName()))
				.sorted()
				.distinct()
				.toList());
		}
		if (failure instanceof MissingRequestValueException missing) {
			return invalid(List.of(missing.getName()));
		}
		if (failure instanceof ServerWebInputException input) {
			return ofInput(input);
		}
		if (failure instanceof ErrorResponse response) {
			return of(response.getStatusCode(), failure);
		}
		if (failure instanceof DecodingException) {
			return Problem.of(ProblemCode.MALFORMED_REQUEST);
		}
		return Problem.of(ProblemCode.INTERNAL_ERROR, failure);
	}

	private static Problem ofInput(ServerWebInputException input) {
		if (input.getCause() instanceof TypeMismatchException && input.getMethodParameter() != null) {
			return invalid(List.of(String.valueOf(input.getMethodParameter().getParameterName())));
		}
		return Problem.of(ProblemCode.MALFORMED_REQUEST);
	}

	private static Problem of(HttpStatusCode status, Throwable failure) {
		return Problem.of(switch (status.value()) {
			case 400 -> ProblemCode.MALFORMED_REQUEST;
			case 401 -> ProblemCode.UNAUTHENTICATED;
			case 404 -> ProblemCode.NOT_FOUND;
			case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
			case 406 -> ProblemCode.NOT_ACCEPTABLE;
			case 413 -> ProblemCode.PAYLOAD_TOO_LARGE;
			case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
			default -> ProblemCode.INTERNAL_ERROR;
		}, failure);
	}

	private static Problem invalid(List<String> fields) {
		List<Map<String, String>> errors = fields.stream().map((field) -> Map.of("field", field)).toList();
		return Problem.of(ProblemCode.INVALID_REQUEST).with("errors", errors);
	}

	private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 10; depth++) {
			if (type.isInstance(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
