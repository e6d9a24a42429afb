package pl.bramka.gateway.live;

import java.io.Serial;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Settings that are not taken. At start they stop it, with the same words as in the line
 * that is logged when a running gateway refuses them.
 */
final class BadSettings extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Mistake mistake;

	BadSettings(Mistake mistake) {
		super(mistake.toString(), null, false, false);
		this.mistake = mistake;
	}

	Mistake mistake() {
		return this.mistake;
	}

	/**
	 * Says it without a stack trace.
	 */
	static final class Analyzer extends AbstractFailureAnalyzer<BadSettings> {

		@Override
		protected FailureAnalysis analyze(Throwable failure, BadSettings cause) {
			return new FailureAnalysis(cause.mistake().toString(), "Correct it and start again.", failure);
		}

	}

}
