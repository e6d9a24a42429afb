package pl.bramka.gateway.strict;

import java.nio.charset.StandardCharsets;

import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemJson;

/**
 * The body of a problem that many are told in the same words: written once, with a place
 * for the id of each request.
 */
final class BodyTemplate {

	/** As an id is; nothing else in a body reads so. */
	private static final String PLACE = "place-for-the-id-of-the-request";

	private final byte[] before;

	private final byte[] after;

	BodyTemplate(ProblemJson json, Problem problem, Language language) {
		String body = new String(json.of(problem, language, PLACE), StandardCharsets.UTF_8);
		int place = body.indexOf(PLACE);
		this.before = body.substring(0, place).getBytes(StandardCharsets.UTF_8);
		this.after = body.substring(place + PLACE.length()).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The body for one request.
	 * @param id its id, of letters, digits and dashes
	 */
	byte[] with(String id) {
		byte[] body = new byte[this.before.length + id.length() + this.after.length];
		System.arraycopy(this.before, 0, body, 0, this.before.length);
		System.arraycopy(id.getBytes(StandardCharsets.US_ASCII), 0, body, this.before.length, id.length());
		System.arraycopy(this.after, 0, body, body.length - this.after.length, this.after.length);
		return body;
	}

}
