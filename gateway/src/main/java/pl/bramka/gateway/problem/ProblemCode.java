package pl.bramka.gateway.problem;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The catalogue of problems: every error the app can be answered with. A code never
 * changes and never depends on the language; its sentence is for the person who holds the
 * phone, in Polish or English, and stands in {@code problem/sentences_*.properties}.
 */
public enum ProblemCode implements CatalogueEntry {

	/**
	 * The request cannot be read: a body that is not the JSON the call asks for, an
	 * unknown field, a path that no app writes.
	 */
	MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, false),

	/** A value is missing or outside its range; member {@code errors} names each. */
	INVALID_REQUEST(HttpStatus.BAD_REQUEST, false),

	/** The PIN is one that is guessed first; member {@code reason} says why. */
	WEAK_PIN(HttpStatus.BAD_REQUEST, false),

	/** The portal's rules for passwords do not allow this one. */
	WEAK_PASSWORD(HttpStatus.BAD_REQUEST, false),

	/** The cursor of a list was not given out by that list. */
	INVALID_CURSOR(HttpStatus.BAD_REQUEST, false),

	/** The call needs a session and came without one. */
	UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, false),

	/**
	 * The access token is forged, expired, for another audience, or its session ended.
	 */
	INVALID_TOKEN(HttpStatus.UNAUTHORIZED, false),

	/** The DPoP proof is missing, forged, old, used before, or for another call. */
	INVALID_PROOF(HttpStatus.UNAUTHORIZED, false),

	/** E-mail and password do not open a session; it is never said which, or why. */
	INVALID_CREDENTIALS(HttpStatus.UNAUTHORIZED, false),

	/** The refresh token is unknown, too old, or was used before: sign in again. */
	SESSION_ENDED(HttpStatus.UNAUTHORIZED, false),

	/**
	 * No PIN opens this device, or it is not this one: alike, so that nobody learns more.
	 */
	PIN_REFUSED(HttpStatus.UNAUTHORIZED, false),

	/** No fingerprint opens this device, or the signature is not of its key now. */
	BIOMETRIC_REFUSED(HttpStatus.UNAUTHORIZED, false),

	/**
	 * PIN, fingerprint or code are right, but the portal's account changed meanwhile, or
	 * the password was shown too long ago.
	 */
	PASSWORD_REQUIRED(HttpStatus.UNAUTHORIZED, false),

	/**
	 * The session is good, but the customer showed who they are too long ago for this
	 * (RFC 9470); header {@code WWW-Authenticate} says how to do it again.
	 */
	INSUFFICIENT_USER_AUTHENTICATION(HttpStatus.UNAUTHORIZED, false),

	/** The password is right, but the portal account still waits for its owner. */
	ACCOUNT_NOT_READY(HttpStatus.FORBIDDEN, false),

	/** The password is right, but the portal account belongs to no customer yet. */
	ACCOUNT_NOT_LINKED(HttpStatus.FORBIDDEN, false),

	/** The customer has distribution contracts only; the app serves sales customers. */
	DISTRIBUTION_ONLY(HttpStatus.FORBIDDEN, false),

	/** The customer is an organisation. */
	INDIVIDUALS_ONLY(HttpStatus.FORBIDDEN, false),

	/** The terms in force have yet to be accepted. */
	TERMS_NOT_ACCEPTED(HttpStatus.FORBIDDEN, false),

	/**
	 * An account is deleted by people; members {@code form} and {@code phone} lead to
	 * them.
	 */
	ACCOUNT_DELETION_BY_CONTACT(HttpStatus.FORBIDDEN, false),

	/** This way to sign in is switched off in this installation. */
	SIGN_IN_METHOD_OFF(HttpStatus.FORBIDDEN, false),

	/** There is no such path. */
	NOT_FOUND(HttpStatus.NOT_FOUND, false),

	/** No such contract, or it is not this customer's, or the app may not show it. */
	CONTRACT_NOT_FOUND(HttpStatus.NOT_FOUND, false),

	/** No such document, or it is not this customer's, or the app may not show it. */
	INVOICE_NOT_FOUND(HttpStatus.NOT_FOUND, false),

	/** No such payment, or it is not this customer's. */
	PAYMENT_NOT_FOUND(HttpStatus.NOT_FOUND, false),

	/** No such meter, or it is not this customer's, or the app may not show it. */
	METER_NOT_FOUND(HttpStatus.NOT_FOUND, false),

	/** No such session, or it is not this customer's. */
	SESSION_NOT_FOUND(HttpStatus.NOT_FOUND, false),

	/** No such device, or it is not this customer's. */
	DEVICE_NOT_FOUND(HttpStatus.NOT_FOUND, false),

	/** The path exists, the method does not; header {@code Allow} names those that do. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, false),

	/** The answer exists only as JSON. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, false),

	/** Another edition of the terms is in force than the one that was accepted. */
	TERMS_OUTDATED(HttpStatus.CONFLICT, false),

	/** The phone's system has no fingerprints that apps may ask for. */
	BIOMETRICS_UNSUPPORTED(HttpStatus.CONFLICT, false),

	/**
	 * The contract has no use by the hour or day: its meter is not a smart one, or it is
	 * a gas contract. Member {@code available} names what it has.
	 */
	GRANULARITY_UNAVAILABLE(HttpStatus.CONFLICT, false),

	/**
	 * Documents that cannot be paid; member {@code documents} says of each why:
	 * {@code ONGOING}, {@code PAID}, {@code CANCELLED}, {@code NEGATIVE},
	 * {@code DIRECT_DEBIT}.
	 */
	DOCUMENT_NOT_PAYABLE(HttpStatus.CONFLICT, false),

	/**
	 * What was quoted does not hold any more; member {@code quote} is what holds now.
	 */
	QUOTE_OUTDATED(HttpStatus.CONFLICT, false),

	/** The meter was read already today, or for this bill. */
	READING_ALREADY_GIVEN(HttpStatus.CONFLICT, false),

	/**
	 * Much more was used than usual: is the customer sure? Send it again with
	 * {@code confirmed}; member {@code registers} says what would be plausible.
	 */
	READING_IMPLAUSIBLE(HttpStatus.CONFLICT, false),

	/**
	 * The same request, by its {@code Idempotency-Key} or by what it says, or another
	 * change of the same thing is still being worked on.
	 */
	REQUEST_UNDER_WAY(HttpStatus.CONFLICT, true),

	/** The link for paying a document is over: the app makes a new one. */
	PAY_LINK_EXPIRED(HttpStatus.GONE, false),

	/**
	 * The customer does not read this meter; member {@code notOffered}: {@code MEDIUM} or
	 * {@code NO_REGISTERS}.
	 */
	READING_NOT_OFFERED(HttpStatus.UNPROCESSABLE_CONTENT, false),

	/**
	 * A billing reading is not taken today; members {@code opensOn} and {@code closesOn}
	 * say when it is.
	 */
	READING_WINDOW_CLOSED(HttpStatus.UNPROCESSABLE_CONTENT, false),

	/** A value is missing or too many; member {@code registers} says what is wanted. */
	READING_INCOMPLETE(HttpStatus.UNPROCESSABLE_CONTENT, false),

	/**
	 * A counter cannot show this value; member {@code registers} names it and its digits.
	 */
	READING_OUT_OF_RANGE(HttpStatus.UNPROCESSABLE_CONTENT, false),

	/**
	 * A counter showed more when it was read last; member {@code registers} says what.
	 */
	READING_BELOW_PREVIOUS(HttpStatus.UNPROCESSABLE_CONTENT, false),

	/** Billing cannot process the reading. */
	READING_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT, false),

	/** The {@code Idempotency-Key} was used for another request within a day. */
	IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, false),

	/** The body is larger than this call takes. */
	PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, false),

	/** The request line is longer than any app writes. */
	URI_TOO_LONG(HttpStatus.URI_TOO_LONG, false),

	/** The headers are larger than any app writes. */
	HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, false),

	/** The request did not arrive whole in time. */
	REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, true),

	/** The body is not JSON. */
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, false),

	/**
	 * This version of the app is not served any more; header {@code App-Version} missing
	 * or malformed counts as too old. Member {@code storeLink} leads to a newer one.
	 */
	UPDATE_REQUIRED(HttpStatus.UPGRADE_REQUIRED, false),

	/** The phone's operating system is older than the app supports. */
	DEVICE_UNSUPPORTED(HttpStatus.UPGRADE_REQUIRED, false),

	/**
	 * The caller asks too much; {@code Retry-After} and the member
	 * {@code retryAfterSeconds} say when to come back.
	 */
	TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, true),

	/** A fault of the gateway itself. */
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, true),

	/** Billing understood the call and would not do it. */
	BILLING_REFUSED(HttpStatus.BAD_GATEWAY, false),

	/** CRM understood the call and would not do it. */
	CRM_REFUSED(HttpStatus.BAD_GATEWAY, false),

	/** The payment operator understood the call and would not do it. */
	OPERATOR_REFUSED(HttpStatus.BAD_GATEWAY, false),

	/** The identity provider understood the call and would not do it. */
	IDENTITY_REFUSED(HttpStatus.BAD_GATEWAY, false),

	/**
	 * Billing is down, slow, or answered nonsense, and there is nothing older to show.
	 */
	BILLING_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true),

	/** CRM is down, slow, or answered nonsense, and there is nothing older to show. */
	CRM_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true),

	/** The payment operator is down, slow, or answered nonsense. */
	OPERATOR_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true),

	/** The identity provider is down, slow, or answered nonsense. */
	IDENTITY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true),

	/** The gateway's own database is out of reach. */
	STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true),

	/** The gateway has more to do than it can, and this call was let go first. */
	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, true),

	/** Planned work: the feature is off for a while, or only its reading side is on. */
	FEATURE_OFF(HttpStatus.SERVICE_UNAVAILABLE, true),

	/** The time a request may take is over. */
	DEADLINE_EXCEEDED(HttpStatus.SERVICE_UNAVAILABLE, true);

	private final HttpStatus status;

	private final boolean retryable;

	private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

	ProblemCode(HttpStatus status, boolean retryable) {
		this.status = status;
		this.retryable = retryable;
		Sentences.check(this.code);
	}

	@Override
	public String code() {
		return this.code;
	}

	/**
	 * The HTTP status of the answer.
	 * @return the status
	 */
	public HttpStatus status() {
		return this.status;
	}

	/**
	 * Whether the same request may succeed later without a change.
	 * @return whether trying again may help
	 */
	public boolean retryable() {
		return this.retryable;
	}

}
