package pl.bramka.gateway.compatibility;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a phone runs.
 */
enum Platform {

	/** Android, and what runs its apps. */
	ANDROID,

	/** Apple's. */
	IOS;

	private final String tag = name().toLowerCase(Locale.ROOT);

	/** The name in headers and metrics. */
	String tag() {
		return this.tag;
	}

	/** The platform of that name, or nothing. */
	static @Nullable Platform read(@Nullable String tag) {
		for (Platform platform : values()) {
			if (platform.tag.equals(tag)) {
				return platform;
			}
		}
		return null;
	}

}
