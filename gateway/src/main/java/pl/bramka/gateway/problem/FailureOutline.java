package pl.bramka.gateway.problem;

/**
 * What a log may say of an unforeseen failure: types and places, never messages, since a
 * message may quote a password, a token or a person's data.
 */
final class FailureOutline {

	private static final int DEEPEST = 5;

	private static final int FRAMES = 12;

	private FailureOutline() {
	}

	static String of(Throwable failure) {
		StringBuilder outline = new StringBuilder();
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
			outline.append((depth > 0) ? " <- " : "").append(cause.getClass().getName());
			StackTraceElement[] frames = frames(cause);
			for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
				outline.append(" at ").append(frames[i]);
			}
			cause = cause.getCause();
		}
		return outline.toString();
	}

	/**
	 * Where it was thrown. Reactor's checkpoints, which WebFlux sets, leave a failure the
	 * first frame only, and keep all of them in what they add to it.
	 */
	private static StackTraceElement[] frames(Throwable failure) {
		StackTraceElement[] frames = failure.getStackTrace();
		for (Throwable added : failure.getSuppressed()) {
			StackTraceElement[] kept = added.getStackTrace();
			if (frames.length == 1 && kept.length > 1 && kept[0].equals(frames[0])) {
				return kept;
			}
		}
		return frames;
	}

}
