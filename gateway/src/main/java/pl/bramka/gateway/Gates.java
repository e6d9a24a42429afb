package pl.bramka.gateway;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;

import pl.bramka.gateway.compatibility.Verdicts;
import pl.bramka.gateway.compatibility.VersionGate;
import pl.bramka.gateway.docs.RetirementGate;
import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.load.Load;
import pl.bramka.gateway.load.LoadDoor;
import pl.bramka.gateway.load.LoadGate;
import pl.bramka.gateway.maintenance.Features;
import pl.bramka.gateway.maintenance.MaintenanceGate;
import pl.bramka.gateway.observability.RequestGate;
import pl.bramka.gateway.ratelimit.LimitGates;
import pl.bramka.gateway.stepup.RecentSignInGate;
import pl.bramka.gateway.stepup.RecentSignIns;
import pl.bramka.gateway.terms.Acceptances;
import pl.bramka.gateway.terms.TermsGate;
import pl.bramka.gateway.upstream.DeadlineGate;
import pl.bramka.gateway.upstream.DeadlineProperties;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.WebFilter;

/**
 * Every gate that a request passes, in order. Spring Security's chains
 * ({@code access.AccessChains}) stand at -100.
 */
@Configuration(proxyBeanMethods = false)
class Gates {

	/** Its id, its access line, and the writing of whatever fails below. */
	@Bean
	@Order(-1000)
	WebFilter requestGate(MeterRegistry meters, ErrorWebExceptionHandler failures) {
		return new RequestGate(meters, failures);
	}

	/** Whether the node can carry it. */
	@Bean
	@Order(-960)
	WebFilter loadGate(Load load, LoadDoor door) {
		return new LoadGate(load, door);
	}

	/** Which apps are served: the others go no further. */
	@Bean
	@Order(-940)
	WebFilter versionGate(Verdicts verdicts) {
		return new VersionGate(verdicts);
	}

	/** What planned work leaves of the features. */
	@Bean
	@Order(-930)
	WebFilter maintenanceGate(Features features) {
		return new MaintenanceGate(features);
	}

	/** Its address: how much may still come from there. */
	@Bean
	@Order(-920)
	WebFilter addressLimit(LimitGates limits) {
		return limits::address;
	}

	/** Whether what it asks for is retired: said in every answer, of whatever gate. */
	@Bean
	@Order(-990)
	WebFilter retirementGate(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
		return new RetirementGate(mappings);
	}

	/** Its clock: from here on the time left is handed down. */
	@Bean
	@Order(-900)
	WebFilter deadlineGate(Live<DeadlineProperties> settings) {
		return new DeadlineGate(settings);
	}

	/** Its customer and device, known by now: how much they may still ask. */
	@Bean
	@Order(-90)
	WebFilter customerLimit(LimitGates limits) {
		return limits::customer;
	}

	/**
	 * What the customer has to accept first. After the limits: it may ask the database.
	 */
	@Bean
	@Order(-80)
	WebFilter termsGate(Acceptances acceptances) {
		return new TermsGate(acceptances);
	}

	/** How long ago the customer signed in, where that matters. */
	@Bean
	@Order(-70)
	WebFilter recentSignInGate(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings,
			RecentSignIns signIns) {
		return new RecentSignInGate(mappings, signIns);
	}

	/** What time it is, for everything that depends on it. */
	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
