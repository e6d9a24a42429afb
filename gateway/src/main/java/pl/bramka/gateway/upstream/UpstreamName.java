package pl.bramka.gateway.upstream;

import java.util.Locale;

import pl.bramka.gateway.problem.ProblemCode;

/**
 * The systems behind the gateway, with the catalogue's words for their failures.
 */
public enum UpstreamName {

	/** Billing and metering. */
	BILLING(ProblemCode.BILLING_UNAVAILABLE, ProblemCode.BILLING_REFUSED),

	/** Customers and contracts. */
	CRM(ProblemCode.CRM_UNAVAILABLE, ProblemCode.CRM_REFUSED),

	/** The payment operator. */
	OPERATOR(ProblemCode.OPERATOR_UNAVAILABLE, ProblemCode.OPERATOR_REFUSED),

	/** The identity provider. */
	IDENTITY(ProblemCode.IDENTITY_UNAVAILABLE, ProblemCode.IDENTITY_REFUSED);

	private final ProblemCode unavailable;

	private final ProblemCode refused;

	UpstreamName(ProblemCode unavailable, ProblemCode refused) {
		this.unavailable = unavailable;
		this.refused = refused;
	}

	/** The name in settings and metrics. */
	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The system could not be asked, or its answer could not be understood.
	 * @return the catalogue's word for it
	 */
	public ProblemCode unavailable() {
		return this.unavailable;
	}

	/** The system understood and said no, for a reason no feature knows. */
	ProblemCode refused() {
		return this.refused;
	}

}
