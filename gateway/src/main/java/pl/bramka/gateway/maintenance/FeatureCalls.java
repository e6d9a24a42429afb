package pl.bramka.gateway.maintenance;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.routes.CallPattern;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * Which calls belong to which feature; a call belongs to the first that names it, so the
 * narrower patterns stand above. What none names is never switched off: refreshing,
 * listing and ending sessions, devices, the first screen, whose sections say their own
 * state, and the payment operator's notifications.
 */
final class FeatureCalls {

	private static final List<Route> ROUTES = List.of(Route.of(Feature.SIGN_IN, HttpMethod.POST, "/v1/sessions"),
			Route.of(Feature.SIGN_IN, HttpMethod.POST, "/v1/sessions/pin"),
			Route.of(Feature.SIGN_IN, HttpMethod.POST, "/v1/sessions/biometric/**"),
			Route.of(Feature.REGISTRATION, HttpMethod.POST, "/v1/accounts"),
			Route.of(Feature.REGISTRATION, HttpMethod.POST, "/v1/accounts/password-reset"),
			Route.of(Feature.PAYMENTS, null, "/v1/payments/**"),
			Route.of(Feature.PAYMENTS, null, "/v1/invoices/{id}/pay-link"),
			Route.of(Feature.PAYMENTS, null, "/v1/pay-links/{token}"),
			Route.of(Feature.INVOICES, null, "/v1/invoices/**"),
			Route.of(Feature.METER_READINGS, null, "/v1/meters/**"),
			Route.of(Feature.CONSUMPTION, null, "/v1/contracts/{id}/consumption"),
			Route.of(Feature.CONTRACTS, null, "/v1/contracts/**"), Route.of(Feature.PROFILE, null, "/v1/customer/**"),
			Route.of(Feature.CONTACT, null, "/v1/messages/**"));

	private static final CallPattern OPENED_LINKS = CallPattern.of(null, "/v1/pay-links/{token}");

	private FeatureCalls() {
	}

	/**
	 * The feature of a call.
	 * @param method of the call
	 * @param path of the call, matched as controllers match theirs
	 * @return the feature, or empty for what is never switched off
	 */
	static Optional<Feature> featureOf(HttpMethod method, PathContainer path) {
		return ROUTES.stream().filter((route) -> route.calls().matches(method, path)).map(Route::feature).findFirst();
	}

	/**
	 * What a call does, whatever its method says: a link is opened by a browser, and
	 * starts a payment.
	 * @param method of the call
	 * @param path of the call
	 * @return the method that says it
	 */
	static HttpMethod effect(HttpMethod method, PathContainer path) {
		return OPENED_LINKS.matches(method, path) ? HttpMethod.POST : method;
	}

	/**
	 * Calls of a feature.
	 *
	 * @param feature theirs
	 * @param calls which they are
	 */
	private record Route(Feature feature, CallPattern calls) {

		static Route of(Feature feature, @Nullable HttpMethod method, String path) {
			return new Route(feature, CallPattern.of(method, path));
		}

	}

}
