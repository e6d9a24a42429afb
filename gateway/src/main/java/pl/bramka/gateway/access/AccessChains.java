package pl.bramka.gateway.access;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/**
 * The two ways past security: a short list of open calls, and everything else with a
 * token and a proof. An open call never looks at a token, so an expired one that is sent
 * along does no harm. Neither keeps a session, and neither changes threads.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class AccessChains {

	@Bean
	@Order(1)
	SecurityWebFilterChain openCalls(ServerHttpSecurity http) {
		ServerWebExchangeMatcher open = new OrServerWebExchangeMatcher(
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, "/v1/sessions", "/v1/sessions/refresh",
						"/v1/sessions/pin", "/v1/sessions/biometric", "/v1/sessions/biometric/challenge"),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, "/v1/accounts", "/v1/accounts/password-reset"),
				// Signed by the payment operator.
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, "/v1/operator/notifications"),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, "/v1/app/compatibility", "/v1/problems",
						"/.well-known/jwks.json", "/v1/terms/current"),
				// Sealed by ourselves.
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, "/v1/pay-links/{token}"),
				ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, "/v1/openapi.json", "/v1/docs", "/v1/docs/**"),
				EndpointRequest.toAnyEndpoint());
		return plain(http).securityMatcher(open)
			.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.build();
	}

	@Bean
	@Order(2)
	SecurityWebFilterChain everythingElse(ServerHttpSecurity http, ServerAuthenticationConverter tokens) {
		ServerAuthenticationEntryPoint signInFirst = (exchange, failure) -> Mono
			.error(Problem.of(ProblemCode.UNAUTHENTICATED));
		return plain(http).authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
			.oauth2ResourceServer((server) -> server.bearerTokenConverter(tokens)
				.authenticationEntryPoint(signInFirst)
				// Token and proof are verified by the converter; what it made is good.
				.jwt((jwt) -> jwt.authenticationManager(Mono::just)))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(signInFirst))
			.build();
	}

	/** Nobody reads them, and they are a tenth of the cost of a cached answer. */
	@Bean
	SecurityObservationSettings noObservations() {
		return SecurityObservationSettings.noObservations();
	}

	/** A path that no app writes is a problem like any other. */
	@Bean
	ServerExchangeRejectedHandler strangePaths() {
		return (exchange, rejected) -> Mono.error(Problem.of(ProblemCode.MALFORMED_REQUEST));
	}

	private static ServerHttpSecurity plain(ServerHttpSecurity http) {
		return http.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.csrf(ServerHttpSecurity.CsrfSpec::disable)
			// Every answer of the server gets them, also those that never come here.
			.headers(ServerHttpSecurity.HeaderSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.anonymous(ServerHttpSecurity.AnonymousSpec::disable);
	}

}
