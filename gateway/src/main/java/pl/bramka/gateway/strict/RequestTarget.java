package pl.bramka.gateway.strict;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.ProblemCode;

/**
 * The one form in which a path may be written. Whatever could be read as another path by
 * somebody else is refused: empty and dotted segments, path parameters, and percent
 * encodings of what needs none or would change the path's shape.
 */
final class RequestTarget {

	/** Besides letters and digits: RFC 3986, section 3.3, without the semicolon. */
	private static final String IN_PATH = "-._~!$&'()*+,=:@/";

	private static final String IN_QUERY = IN_PATH + ";?";

	private static final String UNRESERVED = "-._~";

	private static final String CHANGES_THE_PATH = "/\\%;";

	private static final int DELETE = 0x7f;

	private RequestTarget() {
	}

	/**
	 * What is wrong with a target in origin form (RFC 9112, section 3.2.1).
	 * @param target path and query
	 * @return the problem, or nothing if it may be read
	 */
	static @Nullable ProblemCode problem(String target) {
		String path = path(target);
		String query = target.substring(path.length());
		if (!path.startsWith("/") || !isWritten(path, IN_PATH) || !isWritten(query, IN_QUERY) || !isPlain(path)) {
			return ProblemCode.MALFORMED_REQUEST;
		}
		return isPublic(path) ? null : ProblemCode.NOT_FOUND;
	}

	/** The target without its query. */
	static String path(String target) {
		int query = target.indexOf('?');
		return (query < 0) ? target : target.substring(0, query);
	}

	/** There is nothing else on the public port, whatever the libraries bring along. */
	private static boolean isPublic(String path) {
		return path.equals("/v1") || path.startsWith("/v1/") || path.startsWith("/.well-known/");
	}

	private static boolean isWritten(String text, String marks) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '%') {
				if (decoded(text, i) < 0) {
					return false;
				}
			}
			else if (!isLetterOrDigit(c) && marks.indexOf(c) < 0) {
				return false;
			}
		}
		return true;
	}

	private static boolean isPlain(String path) {
		for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
			int c = decoded(path, i);
			if (c < ' ' || c == DELETE || isLetterOrDigit((char) c) || UNRESERVED.indexOf(c) >= 0
					|| CHANGES_THE_PATH.indexOf(c) >= 0) {
				return false;
			}
		}
		String closed = path + "/";
		return !path.contains("//") && !closed.contains("/./") && !closed.contains("/../");
	}

	/** The byte behind a percent sign, or -1. */
	private static int decoded(String text, int percent) {
		if (percent + 2 >= text.length()) {
			return -1;
		}
		int high = Character.digit(text.charAt(percent + 1), 16);
		int low = Character.digit(text.charAt(percent + 2), 16);
		return (high < 0 || low < 0) ? -1 : high * 16 + low;
	}

	private static boolean isLetterOrDigit(char c) {
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	}

}
