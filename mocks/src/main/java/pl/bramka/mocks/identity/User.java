package pl.bramka.mocks.identity;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.personas.Persona;

/**
 * One portal account.
 *
 * @param id the subject of tokens
 * @param email also the user name
 * @param password in clear: nobody real is behind it; empty if there is none yet
 * @param customerId AccountID, or null while the account belongs to no customer yet
 * @param fullySetUp no required action is pending
 * @param locked as after too many wrong passwords
 * @param terms the edition of the terms that was accepted with the registration, or empty
 */
record User(String id, String email, String password, @Nullable String customerId, boolean fullySetUp, boolean locked,
		String terms) {

	static User of(Persona persona) {
		return new User(persona.subject().toString(), persona.email(), persona.password(), persona.accountId(),
				persona.fullySetUp(), false, "");
	}

	User withPassword(String other) {
		return new User(this.id, this.email, other, this.customerId, this.fullySetUp, this.locked, this.terms);
	}

	User of(@Nullable String customer) {
		return new User(this.id, this.email, this.password, customer, this.fullySetUp, this.locked, this.terms);
	}

	User setUp() {
		return new User(this.id, this.email, this.password, this.customerId, true, this.locked, this.terms);
	}

	User locked(boolean now) {
		return new User(this.id, this.email, this.password, this.customerId, this.fullySetUp, now, this.terms);
	}

	boolean opensWith(String given) {
		return !this.locked && !this.password.isEmpty() && this.password.equals(given);
	}

	Map<String, Object> representation() {
		Map<String, Object> user = new LinkedHashMap<>();
		user.put("id", this.id);
		user.put("username", this.email);
		user.put("email", this.email);
		user.put("enabled", true);
		user.put("emailVerified", this.fullySetUp);
		return user;
	}

	@Override
	public String toString() {
		return "User[" + this.email + "]";
	}

}
