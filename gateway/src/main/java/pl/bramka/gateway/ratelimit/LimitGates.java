package pl.bramka.gateway.ratelimit;

import java.util.List;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.proxy.CallerAddress;

import org.springframework.context.ApplicationContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;

/**
 * The two places where every request is counted: before anything about it is known but
 * its address, and once its customer is.
 */
@Component
public final class LimitGates {

	private final Limits limits;

	private final CallerAddress addresses;

	private final ApplicationContext context;

	LimitGates(Limits limits, CallerAddress addresses, ApplicationContext context) {
		this.limits = limits;
		this.addresses = addresses;
		this.context = context;
	}

	/**
	 * Counts per address. The management port has a context of its own, and no limits:
	 * whoever watches a flood must not be shut out by it.
	 * @param exchange the request
	 * @param chain what comes after
	 * @return when the request is over
	 */
	public Mono<Void> address(ServerWebExchange exchange, WebFilterChain chain) {
		if (!this.context.equals(exchange.getApplicationContext())) {
			return chain.filter(exchange);
		}
		List<Charge> charges = this.limits.of(exchange, LimitKey.ADDRESS, this.addresses.of(exchange.getRequest()));
		return this.limits.pass(exchange, charges).flatMap(chain::filter);
	}

	/**
	 * Counts per customer and device; open calls pass, they have neither yet.
	 * @param exchange the request
	 * @param chain what comes after
	 * @return when the request is over
	 */
	public Mono<Void> customer(ServerWebExchange exchange, WebFilterChain chain) {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.mapNotNull(Authentication::getPrincipal)
			.ofType(Customer.class)
			.map((customer) -> charges(exchange, customer))
			.defaultIfEmpty(List.of())
			.flatMap((charges) -> this.limits.pass(exchange, charges))
			.flatMap(chain::filter);
	}

	private List<Charge> charges(ServerWebExchange exchange, Customer customer) {
		List<Charge> charges = this.limits.of(exchange, LimitKey.CUSTOMER, customer.id());
		charges.addAll(this.limits.of(exchange, LimitKey.DEVICE, customer.device()));
		return charges;
	}

}
