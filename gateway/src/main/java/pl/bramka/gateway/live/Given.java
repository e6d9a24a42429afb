package pl.bramka.gateway.live;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * One value in force, as it may be shown.
 *
 * @param key the setting
 * @param value as it was written, or {@code ***}
 * @param place where
 * @param since when it came into force here
 */
record Given(ConfigurationPropertyName key, String value, Place place, Instant since) {

	private static final Pattern SECRET = Pattern.compile(".*(password|secret|key|token)s?");

	private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]*@");

	private static final String HIDDEN = "***";

	/** What a source says, or what came of it if it refers to something else. */
	static Given of(ConfigurationProperty property, Object result, Instant now) {
		String written = String.valueOf(property.getValue());
		Place place = (property.getOrigin() != null) ? Place.of(property.getOrigin())
				: new Place(String.valueOf(property.getSource()), null, null);
		return new Given(property.getName(),
				shown(property.getName(), written.contains("${") ? String.valueOf(result) : written), place, now);
	}

	/** The text without what must not be seen. */
	static String shown(ConfigurationPropertyName key, String value) {
		ConfigurationPropertyName named = key;
		while (named.isLastElementIndexed()) {
			named = named.getParent();
		}
		String last = named.getLastElement(ConfigurationPropertyName.Form.UNIFORM).toLowerCase(Locale.ROOT);
		return SECRET.matcher(last).matches() ? HIDDEN : USER_INFO.matcher(value).replaceAll("://");
	}

	/** The same value again keeps the time since when it holds. */
	Given after(Given before) {
		return this.value.equals(before.value) ? new Given(this.key, this.value, this.place, before.since) : this;
	}

}
