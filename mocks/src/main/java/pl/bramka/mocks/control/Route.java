package pl.bramka.mocks.control;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked of the control server.
 *
 * @param method HTTP method
 * @param path template with {@code {name}} for a variable
 * @param purpose one line for people
 * @param action what it does
 */
public record Route(String method, String path, String purpose, Action action) {

	Optional<List<String>> variables(String given) {
		Pattern pattern = Pattern.compile(this.path.replaceAll("\\{[a-z]+}", "([^/]+)"));
		Matcher matcher = pattern.matcher(given);
		return matcher.matches()
				? Optional.of(IntStream.rangeClosed(1, matcher.groupCount()).mapToObj(matcher::group).toList())
				: Optional.empty();
	}

	/**
	 * What a route does.
	 */
	@FunctionalInterface
	public interface Action {

		/**
		 * Does it.
		 * @param order variables and body
		 * @return what is answered as JSON, or null for an empty answer
		 * @throws IllegalArgumentException with a reason that helps, answered as 400
		 */
		@Nullable Object run(Order order);

	}

}
