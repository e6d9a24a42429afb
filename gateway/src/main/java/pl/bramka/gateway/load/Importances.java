package pl.bramka.gateway.load;

import java.util.List;
import java.util.regex.Pattern;

import pl.bramka.gateway.routes.CallPattern;

import org.springframework.http.HttpHeaders;
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
		if (oneOf(this.critical, request)) {
			return Importance.CRITICAL;
		}
		return (canWait(request.getHeaders()) || oneOf(this.background, request)) ? Importance.BACKGROUND
				: Importance.NORMAL;
	}

	private static boolean canWait(HttpHeaders headers) {
		String priority = headers.getFirst("Priority");
		return "no-cache".equals(headers.getCacheControl()) || (priority != null && CAN_WAIT.matcher(priority).find());
	}

	private static boolean oneOf(List<CallPattern> calls, ServerHttpRequest request) {
		for (CallPattern each : calls) {
			if (each.matches(request)) {
				return true;
			}
		}
		return false;
	}

}
