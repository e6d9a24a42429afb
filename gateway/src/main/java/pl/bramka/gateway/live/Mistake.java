package pl.bramka.gateway.live;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with settings.
 *
 * @param place where, if that is known
 * @param key which setting, if it is one
 * @param reason one line, without secrets
 */
record Mistake(@Nullable Place place, @Nullable String key, String reason) {

	private static final int LONGEST = 300;

	Mistake {
		reason = reason.replaceAll("\\p{Cntrl}+", " ").strip();
		if (reason.length() > LONGEST) {
			reason = reason.substring(0, LONGEST) + "...";
		}
	}

	static Mistake in(LiveFile file, String reason) {
		return new Mistake(Place.of(file), null, reason);
	}

	/** The same, found while this file was judged. */
	Mistake found(LiveFile file) {
		return (this.place != null) ? this : new Mistake(Place.of(file), this.key, this.reason);
	}

	@Override
	public String toString() {
		StringBuilder text = new StringBuilder();
		if (this.place != null) {
			text.append(this.place).append(": ");
		}
		if (this.key != null) {
			text.append(this.key).append(": ");
		}
		return text.append(this.reason).toString();
	}

}
