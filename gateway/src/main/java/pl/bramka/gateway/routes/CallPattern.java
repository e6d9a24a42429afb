package pl.bramka.gateway.routes;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Calls of one method, or of all, below one path.
 *
 * @param method the only one, or null for all
 * @param path as controllers write theirs
 */
public record CallPattern(@Nullable HttpMethod method, PathPattern path) {

	/**
	 * Reads a pattern.
	 * @param method the only one, or null for all
	 * @param path as controllers write theirs
	 * @return the pattern
	 */
	public static CallPattern of(@Nullable HttpMethod method, String path) {
		return new CallPattern(method, PathPatternParser.defaultInstance.parse(path));
	}

	/**
	 * Reads a pattern as settings write it.
	 * @param text method, a space and a path
	 * @return the pattern
	 */
	public static CallPattern parse(String text) {
		String[] parts = text.split(" ", 2);
		return of(HttpMethod.valueOf(parts[0]), parts[1]);
	}

	/**
	 * Whether a call is one of these.
	 * @param request the call
	 * @return whether it is
	 */
	public boolean matches(ServerHttpRequest request) {
		return matches(request.getMethod(), request.getPath().pathWithinApplication());
	}

	/**
	 * Whether a call is one of these.
	 * @param asked its method
	 * @param at its path
	 * @return whether it is
	 */
	public boolean matches(HttpMethod asked, PathContainer at) {
		return (this.method == null || this.method.equals(asked)) && this.path.matches(at);
	}

}
