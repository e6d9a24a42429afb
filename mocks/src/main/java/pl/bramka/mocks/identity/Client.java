package pl.bramka.mocks.identity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The one confidential client of the realm: the gateway. It may prove itself in the
 * header (client_secret_basic) or in the form (client_secret_post).
 */
final class Client {

	static final String ID = "bramka-gateway";

	private static final String SECRET = "local-client-secret";

	private Client() {
	}

	static boolean isProvenBy(Form form) {
		String header = form.request().getHeader("Authorization");
		if (header == null) {
			return form.field("client_id").equals(ID) && form.field("client_secret").equals(SECRET);
		}
		return header.startsWith("Basic ") && isSecret(header.substring("Basic ".length()).strip());
	}

	private static boolean isSecret(String credentials) {
		try {
			// RFC 6749 section 2.3.1: both parts are form-encoded before Base64.
			String[] parts = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8).split(":", 2);
			return parts.length == 2 && decoded(parts[0]).equals(ID) && decoded(parts[1]).equals(SECRET);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static String decoded(String part) {
		return URLDecoder.decode(part, StandardCharsets.UTF_8);
	}

}
