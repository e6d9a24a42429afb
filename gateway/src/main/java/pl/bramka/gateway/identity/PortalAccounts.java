package pl.bramka.gateway.identity;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.OpenIdRealm;
import pl.bramka.gateway.upstream.Refusal;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/**
 * The accounts at the portal, as the gateway's service account may look them up, make
 * them, and have their owners written to. What the provider would not do for us is
 * {@code identity-refused}, its failures are {@code identity-unavailable}.
 */
@Component
public final class PortalAccounts {

	private static final String USERS = "/users";

	private final OpenIdRealm realm;

	private final ServiceToken token;

	PortalAccounts(Upstreams upstreams, IdentityProperties settings, ServiceToken token) {
		this.realm = upstreams.identity().administration(settings.adminUrl());
		this.token = token;
	}

	/** What a mail's link lets the owner of an account do. */
	public enum Action {

		/** Show that the e-mail is theirs. */
		VERIFY_EMAIL,

		/** Choose a new password. */
		UPDATE_PASSWORD

	}

	/**
	 * Looks an account up.
	 * @param email of the account, in any case of its letters
	 * @return the account; empty if there is none
	 */
	public Mono<PortalAccount> find(String email) {
		String path = USERS + "?exact=true&email=" + UriUtils.encode(email, StandardCharsets.UTF_8);
		return asked((token) -> this.realm.list("find-account", path, token, User.class, User::complete))
			// A provider that does not know "exact" finds whatever has this in it.
			.flatMap((users) -> Mono
				.justOrEmpty(users.stream().filter((user) -> user.hasEmail(email)).map(Complete::account).findFirst()));
	}

	/**
	 * Makes an account whose e-mail has yet to be verified.
	 * @param email of the account
	 * @param password of the account; if null, its owner has to choose one first
	 * @param termsVersion the edition of the terms that was accepted
	 * @return its id; empty if the e-mail is taken; {@code weak-password} if the provider
	 * does not take the password
	 */
	public Mono<String> create(String email, @Nullable String password, String termsVersion) {
		Map<String, Object> user = new LinkedHashMap<>();
		user.put("username", email);
		user.put("email", email);
		user.put("enabled", true);
		user.put("emailVerified", false);
		user.put("attributes", Map.of("terms_version", List.of(termsVersion)));
		if (password != null) {
			user.put("credentials", List.of(Map.of("type", "password", "value", password, "temporary", false)));
			user.put("requiredActions", List.of(Action.VERIFY_EMAIL));
		}
		else {
			user.put("requiredActions", List.of(Action.VERIFY_EMAIL, Action.UPDATE_PASSWORD));
		}
		return asked((token) -> this.realm.create("create-account", USERS, token, user)
			.onErrorResume(Refusal.class, PortalAccounts::notCreated));
	}

	private static Mono<String> notCreated(Refusal refusal) {
		if (refusal.status() == 409) {
			return Mono.empty();
		}
		boolean password = refusal.status() == 400 && refusal.reason().toLowerCase(Locale.ROOT).contains("password");
		return Mono.error(password ? Problem.of(ProblemCode.WEAK_PASSWORD, refusal) : refusal);
	}

	/**
	 * Has a mail sent to the owner of an account.
	 * @param id of the account
	 * @param actions what its link is for
	 * @return completes once the provider has taken it over; {@code identity-refused} if
	 * there is no such account, or if it is disabled
	 */
	public Mono<Void> sendActions(String id, List<Action> actions) {
		return asked(
				(token) -> this.realm.put("send-mail", USERS + '/' + id + "/execute-actions-email", token, actions));
	}

	private <T> Mono<T> asked(Function<String, Mono<T>> call) {
		return this.token.with(call)
			.onErrorMap(Refusal.class, (refusal) -> Problem.of(ProblemCode.IDENTITY_REFUSED, refusal));
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record User(@Nullable String id, @Nullable String email, boolean emailVerified) {

		Complete complete() {
			return new Complete(new PortalAccount(Objects.requireNonNull(this.id), this.emailVerified),
					Objects.requireNonNullElse(this.email, ""));
		}

		/** Never the e-mail. */
		@Override
		public String toString() {
			return "User";
		}

	}

	/** An account with what it was found by. */
	record Complete(PortalAccount account, String email) {

		boolean hasEmail(String other) {
			return this.email.equalsIgnoreCase(other);
		}

		/** Never the e-mail. */
		@Override
		public String toString() {
			return "Complete";
		}

	}

}
