package pl.bramka.gateway.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The header in which a proxy says for whom it forwards.
 */
enum ProxyHeader {

	/** RFC 7239: {@code for=192.0.2.1;proto=https, for="[2001:db8::1]:80"}. */
	FORWARDED("Forwarded") {
		@Override
		@Nullable InetAddress node(String element) {
			for (String pair : split(element, ';')) {
				String trimmed = pair.strip();
				if (trimmed.toLowerCase(Locale.ROOT).startsWith("for=")) {
					return Addresses.parseNode(unquoted(trimmed.substring(4)));
				}
			}
			return null;
		}
	},

	/** The older custom: {@code 192.0.2.1, 2001:db8::1}. */
	X_FORWARDED_FOR("X-Forwarded-For") {
		@Override
		@Nullable InetAddress node(String element) {
			return Addresses.parseNode(element.strip());
		}
	};

	private final String header;

	ProxyHeader(String header) {
		this.header = header;
	}

	/** The header's name. */
	String header() {
		return this.header;
	}

	/**
	 * Whom one proxy forwarded for.
	 * @param element what that proxy wrote
	 * @return the address, or nothing if there is none in it
	 */
	abstract @Nullable InetAddress node(String element);

	/**
	 * What each proxy wrote, the nearest one last.
	 * @param lines the header's lines in their order
	 */
	static List<String> elements(List<String> lines) {
		return split(String.join(",", lines), ',');
	}

	/** Splits outside quoted strings (RFC 9110, section 5.6.4). */
	private static List<String> split(String text, char at) {
		List<String> parts = new ArrayList<>();
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '"') {
				quoted = !quoted;
			}
			else if (c == '\\' && quoted) {
				i++;
			}
			else if (c == at && !quoted) {
				parts.add(text.substring(start, i));
				start = i + 1;
			}
		}
		parts.add(text.substring(start));
		return parts;
	}

	private static String unquoted(String value) {
		boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? value.substring(1, value.length() - 1) : value;
	}

}
