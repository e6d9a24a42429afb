package pl.bramka.gateway.maintenance;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.Routes;
import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(RunningGateway.class)
class FeatureCallsTest {

	/** What is never switched off: a new route of apps belongs to a feature, or here. */
	private static final Set<String> ALWAYS_ON = Set.of("GET /v1/app/compatibility", "GET /v1/home",
			"POST /v1/sessions/refresh", "GET /v1/sessions", "DELETE /v1/sessions", "DELETE /v1/sessions/current",
			"DELETE /v1/sessions/{id}", "GET /v1/terms/current", "POST /v1/terms/acceptances",
			"DELETE /v1/accounts/current", "PUT /v1/devices/current/pin", "DELETE /v1/devices/current/pin",
			"GET /v1/devices", "DELETE /v1/devices/{id}", "PUT /v1/devices/current/biometric-key",
			"DELETE /v1/devices/current/biometric-key", "POST /v1/operator/notifications");

	/** What is for developers. */
	private static final Set<String> NOT_OF_APPS = Set.of("/v1/problems", "/v1/openapi.json", "/v1/docs");

	private static Optional<Feature> featureOf(String method, String path) {
		return FeatureCalls.featureOf(HttpMethod.valueOf(method), PathContainer.parsePath(path));
	}

	@Test
	void nameEveryRouteThatMaySwitchOff(TestGateway gateway) {
		assertThat(Routes.of(gateway)
			.stream()
			.filter((route) -> route.pattern().startsWith("/v1/")
					&& NOT_OF_APPS.stream().noneMatch(route.pattern()::startsWith))
			.filter((route) -> featureOf(route.method(), route.path()).isEmpty())
			.map(Routes.Route::toString)
			.collect(Collectors.toSet())).isEqualTo(ALWAYS_ON);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			POST,   /v1/sessions,                           SIGN_IN
			POST,   /v1/sessions/pin,                       SIGN_IN
			POST,   /v1/sessions/biometric,                 SIGN_IN
			POST,   /v1/sessions/biometric/challenge,       SIGN_IN
			POST,   /v1/sessions/refresh,                   -
			GET,    /v1/sessions,                           -
			DELETE, /v1/sessions/current,                   -
			PUT,    /v1/devices/current/pin,                -
			POST,   /v1/accounts,                           REGISTRATION
			POST,   /v1/accounts/password-reset,            REGISTRATION
			DELETE, /v1/accounts/current,                   -
			POST,   /v1/terms/acceptances,                  -
			GET,    /v1/terms/current,                      -
			GET,    /v1/home,                               -
			GET,    /v1/customer,                           PROFILE
			PATCH,  /v1/customer/contact,                   PROFILE
			GET,    /v1/contracts,                          CONTRACTS
			GET,    /v1/contracts/1,                        CONTRACTS
			PUT,    /v1/contracts/1/e-invoice,              CONTRACTS
			GET,    /v1/contracts/1/consumption,            CONSUMPTION
			GET,    /v1/invoices,                           INVOICES
			GET,    /v1/invoices/1/pdf,                     INVOICES
			GET,    /v1/%69nvoices/1/pdf,                   INVOICES
			POST,   /v1/invoices/1/pay-link,                PAYMENTS
			POST,   /v1/payments/quote,                     PAYMENTS
			POST,   /v1/payments,                           PAYMENTS
			GET,    /v1/payments/1,                         PAYMENTS
			POST,   /v1/operator/notifications,             -
			GET,    /v1/meters,                             METER_READINGS
			POST,   /v1/meters/1/readings,                  METER_READINGS
			POST,   /v1/messages,                           CONTACT
			GET,    /v1/app/compatibility,                  -
			GET,    /v1/invoicesx,                          -
			""")
	void belongToOneFeature(String method, String path, @Nullable Feature feature) {
		assertThat(featureOf(method, path)).isEqualTo(Optional.ofNullable(feature));
	}

}
