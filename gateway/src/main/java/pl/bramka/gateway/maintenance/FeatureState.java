package pl.bramka.gateway.maintenance;

import org.springframework.http.HttpMethod;

/**
 * What can be done with a feature, from the most to the least.
 */
public enum FeatureState {

	/** Everything. */
	ON,

	/** What was there may be looked at; nothing can be changed or started. */
	READ_ONLY,

	/** Nothing. */
	OFF;

	/** Whether a call with this method is turned away. */
	boolean refuses(HttpMethod method) {
		return switch (this) {
			case ON -> false;
			case READ_ONLY ->
				!(method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) || method.equals(HttpMethod.OPTIONS));
			case OFF -> true;
		};
	}

}
