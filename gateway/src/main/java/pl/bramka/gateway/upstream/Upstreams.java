package pl.bramka.gateway.upstream;

/**
 * The systems behind the gateway, each with its own pipe.
 */
public interface Upstreams {

	/**
	 * Billing and metering.
	 * @return the system
	 */
	OData billing();

	/**
	 * Customers and contracts.
	 * @return the system
	 */
	OData crm();

	/**
	 * The identity provider.
	 * @return the system
	 */
	OpenId identity();

}
