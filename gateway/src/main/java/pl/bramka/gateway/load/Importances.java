package pl.bramka.gateway.load;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which calls matter how much. An app may say of a call that it can wait, by an urgency
 * of 5 to 7 (RFC 9218, section 4.1) or by asking for news while it has an answer
 * ({@code Cache-Control: no-cache}); it can make none more important.
 */
final class Importances {

	private static final PathPatternParser PARSER = new PathPatternParser();

	private static final Pattern CAN_WAIT = Pattern.compile("(?:^|,)\\s*u=[5-7]\\b");

	private final LoadProperties settings;

	private final List<Calls> critical;

	private final List<Calls> background;

	Importances(LoadProperties settings) {
		this.settings = settings;
		this.critical = settings.critical().stream().map(Calls::parse).toList();
		this.background = settings.background().stream().map(Calls::parse).toList();
	}

	private record Calls(String method, PathPattern path) {

		static Calls parse(String text) {
			String[] parts = text.split(" ", 2);
			return new Calls(parts[0], PARSER.parse(parts[1]));
		}

		boolean match(String asked, PathContainer at) {
			return this.method.equals(asked) && this.path.matches(at);
		}

	}

	boolean isOf(LoadProperties others) {
		return this.settings.equals(others);
	}

	Importance of(ServerHttpRequest request) {
		String method = request.getMethod().name();
		PathContainer path = request.getPath().pathWithinApplication();
		if (oneOf(this.critical, method, path)) {
			return Importance.CRITICAL;
		}
		HttpHeaders headers = request.getHeaders();
		return (canWait(headers) || oneOf(this.background, method, path)) ? Importance.BACKGROUND : Importance.NORMAL;
	}

	private static boolean canWait(HttpHeaders headers) {
		String priority = headers.getFirst("Priority");
		return "no-cache".equals(headers.getCacheControl()) || (priority != null && CAN_WAIT.matcher(priority).find());
	}

	private static boolean oneOf(List<Calls> calls, String method, PathContainer path) {
		for (Calls each : calls) {
			if (each.match(method, path)) {
				return true;
			}
		}
		return false;
	}

}
