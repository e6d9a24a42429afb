package pl.bramka.gateway.upstream;

import java.time.Instant;
import java.util.Map;

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
	 * The payment operator.
	 * @return the system
	 */
	Forms operator();

	/**
	 * The identity provider.
	 * @return the system
	 */
	OpenId identity();

	/**
	 * The systems that are not asked at the moment, since they kept failing. Costs
	 * nothing and asks none of them.
	 * @return each with the time after which it is asked again; in a fixed order
	 */
	Map<UpstreamName, Instant> troubled();

}
