package pl.bramka.gateway.compatibility;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Where apps come from.
 */
enum Store {

	/** Google's. */
	GOOGLE_PLAY(Platform.ANDROID),

	/** Huawei's, for phones without Google's. */
	APP_GALLERY(Platform.ANDROID),

	/** Apple's. */
	APP_STORE(Platform.IOS);

	private final Platform platform;

	private final String tag = name().toLowerCase(Locale.ROOT).replace('_', '-');

	Store(Platform platform) {
		this.platform = platform;
	}

	/** What its apps run on. */
	Platform platform() {
		return this.platform;
	}

	/** The store of that name in headers and settings, or nothing. */
	static @Nullable Store read(@Nullable String tag) {
		for (Store store : values()) {
			if (store.tag.equals(tag)) {
				return store;
			}
		}
		return null;
	}

}
