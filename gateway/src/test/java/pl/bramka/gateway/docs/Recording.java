package pl.bramka.gateway.docs;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run of the tests was asked to write of the API's description. The recorded
 * document follows the code; the released one is what apps in the field were built of,
 * and what breaks it cannot be recorded but by a version that says so.
 *
 * @param record whether the recorded document is written
 * @param release whether the released document is written too
 * @param breaking the version that may break apps, or nothing
 */
record Recording(boolean record, boolean release, @Nullable String breaking) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** By {@code -Dbramka.contract.record}, {@code release} and {@code break}. */
	static Recording asked() {
		return new Recording(Boolean.getBoolean("bramka.contract.record"),
				Boolean.getBoolean("bramka.contract.release"), System.getProperty("bramka.contract.break"));
	}

	boolean writesRecorded() {
		return this.record || writesReleased();
	}

	boolean writesReleased() {
		return this.release || this.breaking != null;
	}

	/** Why it cannot be done: the change itself, or how it is declared. */
	List<String> refusals(String released, String now) {
		List<String> refusals = new ArrayList<>();
		String before = version(released);
		String version = version(now);
		if (this.breaking == null) {
			refusals.addAll(Breaks.between(released, now));
		}
		else if (!this.breaking.equals(version) || major(version) <= major(before)) {
			refusals.add("bramka.contract.break=" + this.breaking + " must be the document's version, " + version
					+ ", and its first number greater than in " + before);
		}
		if (this.release && version.equals(before) && !JSON.readTree(released).equals(JSON.readTree(now))) {
			refusals.add("a release needs a version of its own: " + version + " is released already");
		}
		return refusals;
	}

	private static String version(String document) {
		return JSON.readTree(document).at("/info/version").asString("");
	}

	private static int major(String version) {
		return Integer.parseInt(version.replaceAll("\\..*", ""));
	}

}
