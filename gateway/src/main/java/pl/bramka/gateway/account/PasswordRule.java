package pl.bramka.gateway.account;

import java.util.Locale;

import org.springframework.stereotype.Component;

/**
 * What the gateway itself asks of a new password. It looks at nothing but what was typed,
 * so that it says the same whether or not the e-mail is taken.
 */
@Component
final class PasswordRule {

	/** A shorter name is in many words by chance. */
	private static final int SHORTEST_NAME = 3;

	private final int kinds;

	PasswordRule(AccountProperties settings) {
		this.kinds = settings.passwordKinds();
	}

	/** Whether the password may be sent to the provider. */
	boolean takes(String password, String email) {
		String name = email.substring(0, Math.max(0, email.indexOf('@'))).toLowerCase(Locale.ROOT);
		boolean holdsName = name.length() >= SHORTEST_NAME && password.toLowerCase(Locale.ROOT).contains(name);
		return !holdsName && password.codePoints().map(PasswordRule::kind).distinct().count() >= this.kinds;
	}

	private static int kind(int character) {
		if (Character.isDigit(character)) {
			return 0;
		}
		if (Character.isUpperCase(character)) {
			return 1;
		}
		return Character.isLowerCase(character) ? 2 : 3;
	}

}
