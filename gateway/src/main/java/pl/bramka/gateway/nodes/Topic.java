package pl.bramka.gateway.nodes;

import java.util.Locale;

/**
 * What nodes announce to each other.
 */
public enum Topic {

	/** A session is over; the subject is its id. */
	SESSION_ENDED,

	/** What is kept of a customer is out of date; the subject is the name of a cache. */
	DROP;

	/**
	 * The name in what is measured.
	 * @return kebab-case
	 */
	public String tag() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	String channel() {
		return "bramka:" + tag();
	}

}
