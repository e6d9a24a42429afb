package pl.bramka.gateway.biometric;

/**
 * What a challenge is good for.
 */
enum Purpose {

	/** Opening a session. */
	SIGN_IN,

	/** Showing that the phone holds the key it enrols. */
	ENROLMENT

}
