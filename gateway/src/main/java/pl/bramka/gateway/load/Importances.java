package pl.bramka.gateway.load;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.routes.CallPattern;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Which calls matter how much. An app may say of a call that it can wait, by an urgency
 * of 5 to 7 (RFC 9218, section 4.1) or by asking for news while it has an answer
 * ({@code Cache-Control: no-cache}); it can make none more important.
 */
final class Importances {

	private static final Pattern CAN_WAIT = Pattern.compile("(?:^|,)\\s*u=[5-7]\\b");

	private final LoadProperties settings;

	private final List<CallPattern> critical;

	private final List<CallPattern> background;

	Importances(LoadProperties settings) {
		this.settings = settings;
		this.critical = settings.critical().stream().map(CallPattern::parse).toList();
		this.background = settings.background().stream().map(CallPattern::parse).toList();
	}

	boolean isOf(LoadProperties others) {
		return this.settings.equals(others);
	}

	Importance of(ServerHttpRequest request) {
		return of(request.getMethod(), request.getPath().pathWithinApplication(), request.getHeaders()::getFirst);
	}

	Importance of(HttpMethod method, PathContainer path, Function<String, @Nullable String> header) {
		if (oneOf(this.critical, method, path)) {
			return Importance.CRITICAL;
		}
		return (canWait(header) || oneOf(this.background, method, path)) ? Importance.BACKGROUND : Importance.NORMAL;
	}

	private static boolean canWait(Function<String, @Nullable String> header) {
		String priority = header.apply("Priority");
		return "no-cache".equals(header.apply(HttpHeaders.CACHE_CONTROL))
				|| (priority != null && CAN_WAIT.matcher(priority).find());
	}

	private static boolean oneOf(List<CallPattern> calls, HttpMethod method, PathContainer path) {
		for (CallPattern each : calls) {
			if (each.matches(method, path)) {
				return true;
			}
		}
		return false;
	}

}
