package pl.bramka.gateway.problem;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The catalogue of problems: every error the app can be answered with. A code never
 * changes and never depends on the language; its sentence is for the person who holds the
 * phone, in Polish or English.
 */
public enum ProblemCode {

	/**
	 * The request cannot be read: a body that is not the JSON the call asks for, an
	 * unknown field, a path that no app writes.
	 */
	MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, false, "Nie rozumiemy tego zapytania.",
			"We could not read this request."),

	/** A value is missing or outside its range; member {@code errors} names each. */
	INVALID_REQUEST(HttpStatus.BAD_REQUEST, false, "Zapytanie zawiera błędne dane.", "The request has invalid values."),

	/** The PIN is one that is guessed first; member {@code reason} says why. */
	WEAK_PIN(HttpStatus.BAD_REQUEST, false, "Ten PIN łatwo odgadnąć. Wybierz inny.",
			"This PIN is easy to guess. Choose another."),

	/** The portal's rules for passwords do not allow this one. */
	WEAK_PASSWORD(HttpStatus.BAD_REQUEST, false, "Hasło nie spełnia wymagań. Wybierz inne.",
			"This password does not meet the rules. Choose another."),

	/** The cursor of a list was not given out by that list. */
	INVALID_CURSOR(HttpStatus.BAD_REQUEST, false, "Nie można kontynuować listy. Wczytaj ją od początku.",
			"This list cannot be continued. Load it from the start."),

	/** The call needs a session and came without one. */
	UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, false, "Zaloguj się, aby kontynuować.", "Sign in to continue."),

	/**
	 * The access token is forged, expired, for another audience, or its session ended.
	 */
	INVALID_TOKEN(HttpStatus.UNAUTHORIZED, false, "Sesja wygasła. Zaloguj się ponownie.",
			"Your session has expired. Sign in again."),

	/** The DPoP proof is missing, forged, old, used before, or for another call. */
	INVALID_PROOF(HttpStatus.UNAUTHORIZED, false, "Nie udało się potwierdzić urządzenia.",
			"We could not verify this device."),

	/** E-mail and password do not open a session; it is never said which, or why. */
	INVALID_CREDENTIALS(HttpStatus.UNAUTHORIZED, false, "Nieprawidłowy e-mail lub hasło.", "Wrong e-mail or password."),

	/** The refresh token is unknown, too old, or was used before: sign in again. */
	SESSION_ENDED(HttpStatus.UNAUTHORIZED, false, "Sesja została zakończona. Zaloguj się ponownie.",
			"Your session has ended. Sign in again."),

	/**
	 * No PIN opens this device, or it is not this one: alike, so that nobody learns more.
	 */
	PIN_REFUSED(HttpStatus.UNAUTHORIZED, false, "Nieprawidłowy PIN. Możesz zalogować się hasłem.",
			"Wrong PIN. You can sign in with your password."),

	/** No fingerprint opens this device, or the signature is not of its key now. */
	BIOMETRIC_REFUSED(HttpStatus.UNAUTHORIZED, false, "Nie rozpoznaliśmy odcisku palca. Możesz zalogować się hasłem.",
			"We could not confirm your fingerprint. You can sign in with your password."),

	/**
	 * PIN or fingerprint are right, but the portal's account changed meanwhile, or the
	 * password was shown too long ago.
	 */
	PASSWORD_REQUIRED(HttpStatus.UNAUTHORIZED, false, "Zaloguj się hasłem.", "Sign in with your password."),

	/**
	 * The session is good, but the customer showed who they are too long ago for this
	 * (RFC 9470); header {@code WWW-Authenticate} says how to do it again.
	 */
	INSUFFICIENT_USER_AUTHENTICATION(HttpStatus.UNAUTHORIZED, false, "Potwierdź, że to Ty, aby kontynuować.",
			"Confirm that it is you to continue."),

	/** The password is right, but the portal account still waits for its owner. */
	ACCOUNT_NOT_READY(HttpStatus.FORBIDDEN, false,
			"Dokończ zakładanie konta: potwierdź adres e-mail, korzystając z wysłanej wiadomości.",
			"Finish setting up your account: confirm your e-mail with the message we sent."),

	/** The password is right, but the portal account belongs to no customer yet. */
	ACCOUNT_NOT_LINKED(HttpStatus.FORBIDDEN, false,
			"Twoje konto nie jest jeszcze połączone z umową. Połącz je w portalu albo skontaktuj się z nami.",
			"Your account is not connected with a contract yet. Connect it in the portal or contact us."),

	/** The customer has distribution contracts only; the app serves sales customers. */
	DISTRIBUTION_ONLY(HttpStatus.FORBIDDEN, false,
			"Aplikacja jest dostępna dla klientów z umową sprzedaży lub umową kompleksową.",
			"The app is for customers with a sales or comprehensive contract."),

	/** The customer is an organisation. */
	INDIVIDUALS_ONLY(HttpStatus.FORBIDDEN, false, "Aplikacja jest dostępna dla klientów indywidualnych.",
			"The app is for individual customers."),

	/** The terms in force have yet to be accepted. */
	TERMS_NOT_ACCEPTED(HttpStatus.FORBIDDEN, false, "Zaakceptuj regulamin, aby korzystać z aplikacji.",
			"Accept the terms of use to use the app."),

	/**
	 * An account is deleted by people; members {@code form} and {@code phone} lead to
	 * them.
	 */
	ACCOUNT_DELETION_BY_CONTACT(HttpStatus.FORBIDDEN, false,
			"Aby usunąć konto, napisz do nas przez formularz lub zadzwoń.",
			"To delete your account, use our contact form or call us."),

	/** This way to sign in is switched off in this installation. */
	SIGN_IN_METHOD_OFF(HttpStatus.FORBIDDEN, false, "Ten sposób logowania jest wyłączony.",
			"This way to sign in is switched off."),

	/** There is no such path. */
	NOT_FOUND(HttpStatus.NOT_FOUND, false, "Nie ma takiego adresu.", "There is nothing at this address."),

	/** No such contract, or it is not this customer's, or the app may not show it. */
	CONTRACT_NOT_FOUND(HttpStatus.NOT_FOUND, false, "Nie znaleźliśmy takiej umowy.", "We found no such contract."),

	/** No such session, or it is not this customer's. */
	SESSION_NOT_FOUND(HttpStatus.NOT_FOUND, false, "Nie znaleźliśmy takiej sesji.", "We found no such session."),

	/** No such device, or it is not this customer's. */
	DEVICE_NOT_FOUND(HttpStatus.NOT_FOUND, false, "Nie znaleźliśmy takiego urządzenia.", "We found no such device."),

	/** The path exists, the method does not; header {@code Allow} names those that do. */
	METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, false, "Ta operacja nie jest dostępna pod tym adresem.",
			"This address does not offer that operation."),

	/** The answer exists only as JSON. */
	NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, false, "Nie możemy odpowiedzieć w tym formacie.",
			"We cannot answer in that format."),

	/** Another edition of the terms is in force than the one that was accepted. */
	TERMS_OUTDATED(HttpStatus.CONFLICT, false, "Obowiązuje nowa wersja regulaminu. Zapoznaj się z nią.",
			"A new version of the terms is in force. Please read it."),

	/** The phone's system has no fingerprints that apps may ask for. */
	BIOMETRICS_UNSUPPORTED(HttpStatus.CONFLICT, false, "To urządzenie nie obsługuje logowania odciskiem palca.",
			"This device does not support signing in with a fingerprint."),

	/** The body is larger than this call takes. */
	PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, false, "Zapytanie jest za duże.", "The request is too large."),

	/** The request line is longer than any app writes. */
	URI_TOO_LONG(HttpStatus.URI_TOO_LONG, false, "Adres zapytania jest za długi.", "The address is too long."),

	/** The headers are larger than any app writes. */
	HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, false, "Nagłówki zapytania są za duże.",
			"The request's headers are too large."),

	/** The request did not arrive whole in time. */
	REQUEST_TIMEOUT(HttpStatus.REQUEST_TIMEOUT, true, "Zapytanie nie dotarło w całości. Spróbuj ponownie.",
			"The request did not arrive in time. Try again."),

	/** The body is not JSON. */
	UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, false, "Nie obsługujemy tego formatu danych.",
			"We do not take data in that format."),

	/**
	 * This version of the app is not served any more; header {@code App-Version} missing
	 * or malformed counts as too old. Member {@code storeLink} leads to a newer one.
	 */
	UPDATE_REQUIRED(HttpStatus.UPGRADE_REQUIRED, false, "Zaktualizuj aplikację, aby dalej z niej korzystać.",
			"Update the app to go on using it."),

	/** The phone's operating system is older than the app supports. */
	DEVICE_UNSUPPORTED(HttpStatus.UPGRADE_REQUIRED, false, "Twoje urządzenie nie spełnia wymagań aplikacji",
			"Your device does not meet the app's requirements"),

	/**
	 * The caller asks too much; {@code Retry-After} and the member
	 * {@code retryAfterSeconds} say when to come back.
	 */
	TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, true, "Zbyt wiele prób. Spróbuj ponownie później.",
			"Too many attempts. Try again later."),

	/** A fault of the gateway itself. */
	INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, true, "Coś poszło nie tak. Spróbuj ponownie.",
			"Something went wrong. Try again."),

	/** Billing understood the call and would not do it. */
	BILLING_REFUSED(HttpStatus.BAD_GATEWAY, false, "System rozliczeń odrzucił zapytanie.",
			"The billing system refused the request."),

	/** CRM understood the call and would not do it. */
	CRM_REFUSED(HttpStatus.BAD_GATEWAY, false, "System obsługi klienta odrzucił zapytanie.",
			"The customer system refused the request."),

	/** The payment operator understood the call and would not do it. */
	OPERATOR_REFUSED(HttpStatus.BAD_GATEWAY, false, "Operator płatności odrzucił zapytanie.",
			"The payment operator refused the request."),

	/** The identity provider understood the call and would not do it. */
	IDENTITY_REFUSED(HttpStatus.BAD_GATEWAY, false, "System logowania odrzucił zapytanie.",
			"The sign-in system refused the request."),

	/**
	 * Billing is down, slow, or answered nonsense, and there is nothing older to show.
	 */
	BILLING_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true,
			"System rozliczeń jest chwilowo niedostępny. Spróbuj za chwilę.",
			"The billing system is unavailable for the moment. Try again shortly."),

	/** CRM is down, slow, or answered nonsense, and there is nothing older to show. */
	CRM_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true, "Dane klienta są chwilowo niedostępne. Spróbuj za chwilę.",
			"Customer data is unavailable for the moment. Try again shortly."),

	/** The payment operator is down, slow, or answered nonsense. */
	OPERATOR_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true, "Płatności są chwilowo niedostępne. Spróbuj za chwilę.",
			"Payments are unavailable for the moment. Try again shortly."),

	/** The identity provider is down, slow, or answered nonsense. */
	IDENTITY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true,
			"Logowanie jest chwilowo niedostępne. Spróbuj za chwilę.",
			"Signing in is unavailable for the moment. Try again shortly."),

	/** The gateway's own database is out of reach. */
	STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, true, "Usługa jest chwilowo niedostępna. Spróbuj za chwilę.",
			"The service is unavailable for the moment. Try again shortly."),

	/** The gateway has more to do than it can, and this call was let go first. */
	OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, true, "Usługa jest przeciążona. Spróbuj za chwilę.",
			"The service is overloaded. Try again shortly."),

	/** Planned work: the feature is off for a while, or only its reading side is on. */
	FEATURE_OFF(HttpStatus.SERVICE_UNAVAILABLE, true, "Trwają prace planowe. Spróbuj później.",
			"Planned work is under way. Try again later."),

	/** The time a request may take is over. */
	DEADLINE_EXCEEDED(HttpStatus.SERVICE_UNAVAILABLE, true, "To trwa zbyt długo. Spróbuj za chwilę.",
			"This is taking too long. Try again shortly.");

	private final HttpStatus status;

	private final boolean retryable;

	private final String polish;

	private final String english;

	private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

	ProblemCode(HttpStatus status, boolean retryable, String polish, String english) {
		this.status = status;
		this.retryable = retryable;
		this.polish = polish;
		this.english = english;
	}

	/**
	 * The stable name in the answer's member {@code code}, in kebab-case.
	 * @return the name
	 */
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

	/**
	 * The member {@code type} of RFC 9457: a reference that never changes.
	 * @return a URI reference into the published catalogue
	 */
	public String type() {
		return "/v1/problems#" + this.code;
	}

	/**
	 * The member {@code title} of RFC 9457: the code in words, the same in all languages.
	 * @return a short English phrase
	 */
	public String title() {
		return Character.toUpperCase(this.code.charAt(0)) + this.code.substring(1).replace('-', ' ');
	}

	/**
	 * The sentence for a person.
	 * @param language the language to speak
	 * @return one sentence in that language
	 */
	public String detail(Language language) {
		return (language == Language.ENGLISH) ? this.english : this.polish;
	}

}
