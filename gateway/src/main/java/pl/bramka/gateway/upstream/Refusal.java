package pl.bramka.gateway.upstream;

import java.io.Serial;

/**
 * The system understood the call and said no, in its own words. A feature that knows the
 * code turns it into a problem of its own; what no feature knows ends as
 * {@code …-refused}. Never counts against the system.
 */
public final class Refusal extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final int status;

	private final String reason;

	private final String description;

	Refusal(int status, String reason, String description) {
		super("refused", null, false, false);
		this.status = status;
		this.reason = reason;
		this.description = description;
	}

	/**
	 * The HTTP status.
	 * @return 400 to 499, or 500 where SAP reports so that it has no data
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The system's code: SAP's {@code error.code}, OAuth's {@code error}.
	 * @return the code, empty if there was none
	 */
	public String reason() {
		return this.reason;
	}

	/**
	 * The system's sentence; for decisions, never for the app or a log.
	 * @return the sentence, empty if there was none
	 */
	public String description() {
		return this.description;
	}

}
