package pl.bramka.mocks;

/**
 * Where the pretended systems listen, on the loopback interface. Zero means any free
 * port.
 *
 * @param billing port of billing
 * @param crm port of the CRM
 * @param operator port of the payment operator
 * @param identity port of the identity provider
 * @param control port of the control server, which is no upstream
 */
public record Ports(int billing, int crm, int operator, int identity, int control) {

	/** The ports that the gateway's local environment expects. */
	public static final Ports FIXED = new Ports(9101, 9102, 9103, 9104, 9100);

	/** Any free ports: several sets of mocks can run side by side. */
	public static final Ports FREE = new Ports(0, 0, 0, 0, 0);

	int of(UpstreamName name) {
		return switch (name) {
			case BILLING -> this.billing;
			case CRM -> this.crm;
			case OPERATOR -> this.operator;
			case IDENTITY -> this.identity;
		};
	}

}
