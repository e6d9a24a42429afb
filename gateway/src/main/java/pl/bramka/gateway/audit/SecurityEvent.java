package pl.bramka.gateway.audit;

import java.util.Locale;

/**
 * Something that happened to somebody's access.
 */
public enum SecurityEvent {

	/** A session was asked for with the password or with a code of the browser. */
	SIGN_IN,

	/** A session was asked for with a PIN. */
	PIN_SIGN_IN,

	/** A session was asked for with the key behind a fingerprint. */
	BIOMETRIC_SIGN_IN,

	/** The next tokens of a session were given out. */
	REFRESH,

	/** A refresh token was used that should not exist any more. */
	TOKEN_REUSE,

	/** The owner signed out. */
	SIGN_OUT,

	/** The owner ended one of their sessions from another. */
	SESSION_END,

	/** A PIN was set or changed. */
	PIN_SET,

	/** The owner removed a PIN. */
	PIN_REMOVED,

	/** A PIN was erased after too many wrong ones. */
	PIN_ERASED,

	/** A key behind a fingerprint was enrolled. */
	BIOMETRIC_KEY_SET,

	/** The owner removed such a key. */
	BIOMETRIC_KEY_REMOVED,

	/** The owner removed a device. */
	DEVICE_REMOVED,

	/** An edition of the terms was accepted. */
	TERMS_ACCEPTED,

	/** An account was asked for. */
	REGISTRATION,

	/** A mail with which the password can be changed was asked for. */
	PASSWORD_RESET,

	/** Other contact data were asked for. */
	CONTACT_CHANGE,

	/**
	 * The deletion of an account was asked for: {@code done} if people were asked for it.
	 */
	ACCOUNT_DELETION;

	private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

	/**
	 * Its name in records and metrics.
	 * @return kebab-case
	 */
	public String tag() {
		return this.tag;
	}

}
