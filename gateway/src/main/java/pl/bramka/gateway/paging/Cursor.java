package pl.bramka.gateway.paging;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * A position in a list that goes by day: just after one of its items. A new item goes
 * before the position or after it and moves no other, so that a list read page by page
 * shows none twice and misses none.
 *
 * @param on the day of the last item shown
 * @param id what tells it from others of that day
 */
public record Cursor(LocalDate on, String id) {

	private static final int LONGEST = 128;

	/**
	 * Reads a cursor.
	 * @param text as the app brings it back
	 * @return the cursor
	 * @throws Problem {@code invalid-cursor} if no list gave it out
	 */
	public static Cursor of(String text) {
		if (text.length() > LONGEST) {
			throw Problem.of(ProblemCode.INVALID_CURSOR);
		}
		try {
			String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
			int point = plain.indexOf('.');
			Cursor cursor = new Cursor(LocalDate.ofEpochDay(Long.parseLong(plain, 0, Math.max(0, point), 10)),
					plain.substring(point + 1));
			if (cursor.toText().equals(text)) {
				return cursor;
			}
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw Problem.of(ProblemCode.INVALID_CURSOR, ex);
		}
		throw Problem.of(ProblemCode.INVALID_CURSOR);
	}

	/**
	 * The cursor as the app gets it; opaque to it.
	 * @return a few letters
	 */
	public String toText() {
		String plain = this.on.toEpochDay() + "." + this.id;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
	}

}
