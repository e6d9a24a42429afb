package pl.bramka.gateway.compatibility;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;

/**
 * What an app says of itself and its phone. Anyone may say anything; what cannot be read
 * is absent here.
 *
 * @param platform what the phone runs; absent if it was not said so that it can be read
 * @param version of the app, likewise
 * @param os the version of the operating system, likewise
 * @param store where the app comes from; absent if not said, or not one of the platform
 * @param isWhole whether everything is there that must be, each once, and nothing
 * contradicts the rest
 */
record App(@Nullable Platform platform, @Nullable Version version, @Nullable Version os, @Nullable Store store,
		boolean isWhole) {

	/**
	 * By its headers alone.
	 * @param headers of its request
	 * @return what they say
	 */
	static App of(HttpHeaders headers) {
		return of(headers.get("App-Platform"), headers.get("App-Version"), headers.get("App-OS-Version"),
				headers.get("App-Store"));
	}

	/**
	 * By the parameters of its request, and by its headers for those that are absent.
	 * @param request of the app, or of a developer who pretends to be one
	 * @return what they say
	 */
	static App of(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		MultiValueMap<String, String> query = request.getQueryParams();
		return of(query.getOrDefault("platform", headers.get("App-Platform")),
				query.getOrDefault("appVersion", headers.get("App-Version")),
				query.getOrDefault("osVersion", headers.get("App-OS-Version")),
				query.getOrDefault("store", headers.get("App-Store")));
	}

	private static App of(@Nullable List<String> platforms, @Nullable List<String> versions,
			@Nullable List<String> systems, @Nullable List<String> stores) {
		Platform platform = Platform.read(only(platforms));
		Version version = Version.read(only(versions));
		Version os = Version.read(only(systems));
		Store store = Store.read(only(stores));
		if (store != null && platform != null && store.platform() != platform) {
			store = null;
		}
		boolean whole = platform != null && version != null && os != null && (stores == null || store != null);
		return new App(platform, version, os, store, whole);
	}

	/** The same said twice may be two different things. */
	private static @Nullable String only(@Nullable List<String> said) {
		return (said != null && said.size() == 1) ? said.getFirst() : null;
	}

}
