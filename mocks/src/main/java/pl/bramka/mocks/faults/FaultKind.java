package pl.bramka.mocks.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.UpstreamName;

/**
 * Every fault that can be played.
 */
public enum FaultKind {

	/** The usual answer, later. */
	SLOW("the usual answer after millis (3000)"),

	/** The usual answer, later by a random time. */
	SLOW_LOGNORMAL("the usual answer after a log-normal time, median millis (300), sigma 0.8"),

	/** Accepts and never answers. */
	BLACK_HOLE("accepts the request and never answers"),

	/** The port is closed. */
	REFUSED("the port is closed until the fault is cleared; cannot be narrowed to some requests"),

	/** The connection is reset instead of an answer. */
	RESET("resets the connection instead of answering"),

	/** The connection is closed instead of an answer. */
	EMPTY("closes the connection without a byte"),

	/** No HTTP at all. */
	GARBAGE("bytes that are no HTTP, then closes"),

	/** HTTP that breaks off. */
	MALFORMED("status 200, then a broken chunk, then closes"),

	/** The usual answer in drops. */
	DRIBBLE("the usual answer in small pieces over millis (10000)"),

	/** What an expired technical logon looks like. */
	HTML_LOGIN("200 with an HTML login page"),

	/** What a web application firewall answers. */
	REQUEST_REJECTED("200 with the HTML page of a web firewall"),

	/** An error in XML where JSON was asked for. */
	XML_ERROR("500 with an OData error in XML; from the operator 200 with <error>"),

	/** The CSRF token is missing or expired. */
	CSRF_403("403 with X-CSRF-Token: Required, to requests that write"),

	/** The system understood, and a rule of its own forbids it. */
	BUSINESS_RULE("400 with an OData error of a rule nobody told us of"),

	/** An uncaught exception of the backend. */
	UNCAUGHT("500 with error code /IWFND/CM_BEC/026"),

	/** Temporarily out of service. */
	UNAVAILABLE("503 with an HTML page"),

	/** The answer to a payment start or a query has a wrong hash. */
	BAD_HASH("the answer has a wrong hash", UpstreamName.OPERATOR),

	/** The notification has a wrong hash. */
	BAD_NOTIFICATION_HASH("the notification of this payment has a wrong hash", UpstreamName.OPERATOR),

	/** The notification and the query name another amount. */
	WRONG_AMOUNT("the notification names one zloty more", UpstreamName.OPERATOR),

	/** The notification comes three times. */
	REPEATED_ITN("the notification of this payment is sent three times", UpstreamName.OPERATOR),

	/** First a failed attempt, then a good one. */
	SUCCESS_AFTER_FAILURE("FAILURE, then SUCCESS under another remoteID", UpstreamName.OPERATOR),

	/** Paid twice. */
	TWO_REMOTE_IDS("SUCCESS twice under two remoteIDs: an overpayment", UpstreamName.OPERATOR),

	/** The payment exists, but the answer to its start never comes. */
	BOOKED_BUT_TIMED_OUT("the payment is booked, its start is never answered", UpstreamName.OPERATOR),

	/** A fault in words. */
	PLAIN_ERROR("200 with plain text ERROR", UpstreamName.OPERATOR),

	/** A document with everything printed in it. */
	LARGE_PDF("the PDF of an invoice has 20 MB", UpstreamName.BILLING),

	/** A number typed by hand. */
	WRONG_PPE("the number of a point of delivery has a wrong check digit", UpstreamName.CRM),

	/** Every refresh token counts as used. */
	REFRESH_REUSED("a refresh answers invalid_grant, Token is not active", UpstreamName.IDENTITY),

	/** Tokens are signed with a key that is not published. */
	UNKNOWN_KID("tokens are signed with a key that certs does not have", UpstreamName.IDENTITY);

	private final String meaning;

	private final @Nullable UpstreamName only;

	FaultKind(String meaning) {
		this.meaning = meaning;
		this.only = null;
	}

	FaultKind(String meaning, UpstreamName only) {
		this.meaning = meaning;
		this.only = only;
	}

	/**
	 * The kind as it is written in commands and headers.
	 * @return kebab-case
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * What the caller sees.
	 * @return one line
	 */
	public String meaning() {
		return this.meaning;
	}

	/**
	 * The upstreams that can play this fault.
	 * @return one or all
	 */
	public List<UpstreamName> upstreams() {
		return (this.only != null) ? List.of(this.only) : List.of(UpstreamName.values());
	}

	/**
	 * Reads a kind as it is written in commands and headers.
	 * @param id kebab-case; {@code 503} also means {@link #UNAVAILABLE}
	 * @return the kind
	 * @throws IllegalArgumentException with the list of kinds if there is none such
	 */
	public static FaultKind of(String id) {
		return Arrays.stream(values())
			.filter((kind) -> kind.id().equals(id) || (kind == UNAVAILABLE && id.equals("503")))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No fault '" + id + "'; there are "
					+ Arrays.stream(values()).map(FaultKind::id).collect(Collectors.joining(", "))));
	}

}
