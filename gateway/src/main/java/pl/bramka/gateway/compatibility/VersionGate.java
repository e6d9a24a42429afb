package pl.bramka.gateway.compatibility;

import java.util.List;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * The gate that turns away apps that are not served, before anything is spent on them:
 * 426 {@code update-required} or {@code device-unsupported}. Only what no app calls is
 * let past unseen, written as it is asked for; another spelling of it is no app's either.
 */
public final class VersionGate implements WebFilter {

	/**
	 * Called by the payment operator, by other systems and by browsers, and the call that
	 * tells an app why it is turned away. Each with what is below it.
	 */
	private static final List<String> NOT_OF_APPS = List.of(CompatibilityController.PATH, "/v1/operator/notifications",
			"/v1/pay-links", "/.well-known", "/v1/problems", "/v1/openapi.json", "/v1/docs");

	private final Verdicts verdicts;

	/**
	 * The gate.
	 * @param verdicts which apps are served
	 */
	public VersionGate(Verdicts verdicts) {
		this.verdicts = verdicts;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!isOfAnApp(exchange)) {
			return chain.filter(exchange);
		}
		Verdicts.Judgement judgement = this.verdicts.of(App.of(exchange.getRequest().getHeaders()));
		return switch (judgement.verdict()) {
			case SUPPORTED, UPDATE_RECOMMENDED -> chain.filter(exchange);
			case UPDATE_REQUIRED -> Mono.error(updateRequired(judgement));
			case DEVICE_UNSUPPORTED -> Mono.error(Problem.of(ProblemCode.DEVICE_UNSUPPORTED));
		};
	}

	private static boolean isOfAnApp(ServerWebExchange exchange) {
		// The management port has the same gates.
		if (WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management")) {
			return false;
		}
		String path = exchange.getRequest().getURI().getRawPath();
		for (String other : NOT_OF_APPS) {
			if (path.startsWith(other) && (path.length() == other.length() || path.charAt(other.length()) == '/')) {
				return false;
			}
		}
		return true;
	}

	private static Problem updateRequired(Verdicts.Judgement judgement) {
		Problem problem = Problem.of(ProblemCode.UPDATE_REQUIRED);
		return (judgement.storeLink() != null) ? problem.with("storeLink", judgement.storeLink()) : problem;
	}

}
