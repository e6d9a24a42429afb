package pl.bramka.gateway.operator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The form of a notification: one field of Base64.
 */
final class NotificationForm {

	private static final String FIELD = "transactions=";

	private NotificationForm() {
	}

	/**
	 * The document in it. Base64 can say the same in several ways; only the usual one is
	 * read, so that whatever is changed on its way is noticed.
	 * @throws Element.Unreadable if there is none, or more than one
	 */
	static byte[] document(byte[] body) {
		List<String> fields = Arrays.stream(new String(body, StandardCharsets.ISO_8859_1).split("&", -1))
			.filter((field) -> field.startsWith(FIELD))
			.toList();
		if (fields.size() != 1) {
			throw new Element.Unreadable("not one document");
		}
		String value = fields.getFirst().substring(FIELD.length());
		try {
			// Base64 has no blanks: a plus sign that was not encoded is one.
			String text = URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
			byte[] document = Base64.getDecoder().decode(text);
			if (!Base64.getEncoder().encodeToString(document).equals(text)) {
				throw new Element.Unreadable("another Base64");
			}
			return document;
		}
		catch (IllegalArgumentException ex) {
			throw new Element.Unreadable("no Base64");
		}
	}

}
