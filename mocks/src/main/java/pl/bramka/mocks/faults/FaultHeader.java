package pl.bramka.mocks.faults;

import java.time.Duration;
import java.util.Optional;

import com.github.tomakehurst.wiremock.http.Request;

/**
 * A fault asked for by the request itself: {@code Mock-Fault: slow;millis=2000}.
 */
final class FaultHeader {

	private FaultHeader() {
	}

	static Optional<Fault> of(Request request) {
		if (!request.containsHeader("Mock-Fault")) {
			return Optional.empty();
		}
		try {
			return Optional.of(read(request.getHeader("Mock-Fault")));
		}
		catch (IllegalArgumentException ex) {
			throw new Unreadable("Mock-Fault: " + ex.getMessage(), ex);
		}
	}

	private static Fault read(String value) {
		int semicolon = value.indexOf(';');
		if (semicolon < 0) {
			return played(value);
		}
		String parameter = value.substring(semicolon + 1).strip();
		if (!parameter.matches("millis=\\d{1,9}")) {
			throw new IllegalArgumentException("after the kind only ;millis=NUMBER, not '" + parameter + "'");
		}
		long millis = Long.parseLong(parameter.substring("millis=".length()));
		return played(value.substring(0, semicolon)).lasting(Duration.ofMillis(millis));
	}

	private static Fault played(String id) {
		FaultKind kind = FaultKind.of(id.strip());
		if (kind == FaultKind.REFUSED) {
			throw new IllegalArgumentException("refused closes the port, so no single request can ask for it");
		}
		return Fault.of(kind);
	}

	/**
	 * The header asks for something that does not exist.
	 */
	static final class Unreadable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Unreadable(String message, Throwable cause) {
			super(message, cause);
		}

	}

}
