package pl.bramka.gateway.access;

import java.io.Serial;

import pl.bramka.gateway.customer.Customer;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * A request whose token and proof are good; its principal is the customer. There are no
 * roles: a customer may do everything to what is their own.
 */
final class CustomerAuthentication extends AbstractAuthenticationToken {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient Customer customer;

	CustomerAuthentication(Customer customer) {
		super(AuthorityUtils.NO_AUTHORITIES);
		this.customer = customer;
		setAuthenticated(true);
	}

	@Override
	public Object getCredentials() {
		return "";
	}

	@Override
	public Customer getPrincipal() {
		return this.customer;
	}

}
