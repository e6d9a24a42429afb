package pl.bramka.mocks.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.personas.Personas;

/**
 * The portal accounts of the realm: the personas, and those that were registered since.
 */
final class Users {

	/** Bound; the account registered first gives way. */
	private static final int MOST_REGISTERED = 10_000;

	private static final int MOST_MAILS = 1000;

	private final Personas personas;

	private final Map<String, User> byEmail = new LinkedHashMap<>();

	private final List<Mail> mails = new ArrayList<>();

	Users(Personas personas) {
		this.personas = personas;
		reset();
	}

	synchronized void reset() {
		this.byEmail.clear();
		this.mails.clear();
		this.personas.all().forEach((persona) -> put(User.of(persona)));
	}

	synchronized Optional<User> byEmail(String email) {
		return Optional.ofNullable(this.byEmail.get(key(email)));
	}

	synchronized Optional<User> byId(String id) {
		return this.byEmail.values().stream().filter((user) -> user.id().equals(id)).findFirst();
	}

	/**
	 * The accounts whose e-mail has this text in it.
	 */
	synchronized List<User> withEmailLike(String part) {
		return this.byEmail.values().stream().filter((user) -> user.email().contains(key(part))).toList();
	}

	/**
	 * The accounts that were registered since.
	 */
	synchronized List<User> registered() {
		return this.byEmail.values().stream().filter((user) -> this.personas.byEmail(user.email()).isEmpty()).toList();
	}

	/**
	 * Registers an account.
	 * @return empty if the e-mail is taken
	 */
	synchronized Optional<User> register(String email, String password, @Nullable String customerId, boolean fullySetUp,
			String terms) {
		if (byEmail(email).isPresent()) {
			return Optional.empty();
		}
		if (this.byEmail.size() >= MOST_REGISTERED) {
			this.byEmail.keySet()
				.stream()
				.filter((key) -> this.personas.byEmail(key).isEmpty())
				.findFirst()
				.ifPresent(this.byEmail::remove);
		}
		return Optional.of(put(
				new User(UUID.randomUUID().toString(), key(email), password, customerId, fullySetUp, false, terms)));
	}

	synchronized User change(String email, UnaryOperator<User> change) {
		return put(change.apply(
				byEmail(email).orElseThrow(() -> new IllegalArgumentException("No portal account has this e-mail"))));
	}

	synchronized void send(Mail mail) {
		if (this.mails.size() >= MOST_MAILS) {
			this.mails.removeFirst();
		}
		this.mails.add(mail);
	}

	synchronized List<Mail> mails() {
		return List.copyOf(this.mails);
	}

	private User put(User user) {
		this.byEmail.put(key(user.email()), user);
		return user;
	}

	private static String key(String email) {
		return email.toLowerCase(Locale.ROOT);
	}

}
