package pl.bramka.gateway.maintenance;

import pl.bramka.gateway.upstream.UpstreamName;

/**
 * What a customer can do with the app, as operations switch it and the app shows it.
 */
public enum Feature {

	/** Opening a session. Sessions that are open go on without it. */
	SIGN_IN,

	/** A new account, a forgotten password. */
	REGISTRATION,

	/** Paying, the archive of payments, and links that pay one document. */
	PAYMENTS,

	/** Documents and their PDF. */
	INVOICES,

	/** Meters and their readings. */
	METER_READINGS,

	/** Use over time. */
	CONSUMPTION,

	/** Contracts and their e-invoice switch. */
	CONTRACTS,

	/** The profile and contact data. */
	PROFILE,

	/** The contact form. */
	CONTACT;

	/**
	 * What is left of it while a system behind does not answer: of most features, what
	 * was loaded before.
	 */
	FeatureState without(UpstreamName upstream) {
		return switch (upstream) {
			case BILLING -> switch (this) {
				// METER_READINGS stay on: a reading is kept until billing takes it.
				case PAYMENTS, INVOICES, CONSUMPTION -> FeatureState.READ_ONLY;
				default -> FeatureState.ON;
			};
			case CRM -> switch (this) {
				// Whether the app is for somebody is never answered from memory.
				case SIGN_IN, CONTACT -> FeatureState.OFF;
				case CONTRACTS, PROFILE -> FeatureState.READ_ONLY;
				default -> FeatureState.ON;
			};
			case OPERATOR -> (this == PAYMENTS) ? FeatureState.READ_ONLY : FeatureState.ON;
			case IDENTITY -> switch (this) {
				case SIGN_IN, REGISTRATION -> FeatureState.OFF;
				default -> FeatureState.ON;
			};
		};
	}

}
