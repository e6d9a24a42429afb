package pl.bramka.gateway.nodes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One announcement as it goes over the wire: who says it, about what of which customer;
 * three words of visible ASCII.
 *
 * @param topic what kind of news
 * @param node a random name of the node that says it
 * @param subject what is meant: see {@link Topic}
 * @param customerId the customer's {@code AccountID}
 */
record Announcement(Topic topic, String node, String subject, String customerId) {

	private static final int LONGEST = 160;

	private static final Pattern FORM = Pattern.compile("([0-9a-f]{1,16}) ([!-~]{1,64}) ([!-~]{1,64})");

	/** Reads one, or nothing if it is none: anything may be on the line. */
	static @Nullable Announcement read(Topic topic, String text) {
		Matcher matcher = FORM.matcher((text.length() <= LONGEST) ? text : "");
		return matcher.matches() ? new Announcement(topic, matcher.group(1), matcher.group(2), matcher.group(3)) : null;
	}

	String text() {
		return this.node + ' ' + this.subject + ' ' + this.customerId;
	}

	/** Names nobody. */
	@Override
	public String toString() {
		return "Announcement[" + this.topic + "]";
	}

}
