package pl.bramka.gateway;

import java.util.List;

import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * The calls that a running gateway takes, as its controllers name them.
 */
public final class Routes {

	private Routes() {
	}

	/**
	 * A call.
	 *
	 * @param method its method
	 * @param pattern its path, numbers in braces
	 */
	public record Route(String method, String pattern) {

		/** Its path with some number in each place. */
		public String path() {
			return this.pattern.replaceAll("\\{[^}]*}", "0030000421");
		}

		@Override
		public String toString() {
			return this.method + " " + this.pattern;
		}

	}

	/** All of them. */
	public static List<Route> of(TestGateway gateway) {
		return gateway.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
			.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap((mapping) -> mapping.getMethodsCondition()
				.getMethods()
				.stream()
				.flatMap((method) -> mapping.getPatternsCondition()
					.getPatterns()
					.stream()
					.map((pattern) -> new Route(method.name(), pattern.getPatternString()))))
			.toList();
	}

}
