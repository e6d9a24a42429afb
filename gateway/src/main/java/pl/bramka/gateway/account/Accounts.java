package pl.bramka.gateway.account;

import java.util.List;
import java.util.Optional;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.identity.PortalAccount;
import pl.bramka.gateway.identity.PortalAccounts;
import pl.bramka.gateway.identity.PortalAccounts.Action;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * New accounts and forgotten passwords. Whoever asks learns nothing but that the call was
 * taken; what became of it comes by mail, to the address it is about. For an e-mail that
 * is taken and for one that is not the provider is asked the same, in the same order.
 */
@Component
final class Accounts {

	private final PortalAccounts portal;

	private final SecurityEvents events;

	private final AccountProperties settings;

	Accounts(PortalAccounts portal, SecurityEvents events, AccountProperties settings) {
		this.portal = portal;
		this.events = events;
		this.settings = settings;
	}

	/**
	 * The mail that is to be sent.
	 *
	 * @param account to whose owner
	 * @param actions what its link is for
	 * @param result what is recorded once it is sent
	 */
	private record Mail(String account, List<Action> actions, String result) {

		/** No account has it: the provider is asked all the same, and sends nothing. */
		private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

		/**
		 * To whoever has the e-mail. An owner who never verified it may have lost that
		 * mail.
		 */
		static Mail toOwner(PortalAccount account, String result) {
			return new Mail(account.id(), account.verified() ? List.of(Action.UPDATE_PASSWORD)
					: List.of(Action.VERIFY_EMAIL, Action.UPDATE_PASSWORD), result);
		}

		static Mail toNobody(String result) {
			return new Mail(NOBODY, List.of(Action.UPDATE_PASSWORD), result);
		}

		boolean isForSomebody() {
			return !this.account.equals(NOBODY);
		}

	}

	/** Registers an account; the terms and the password are known to be good. */
	Mono<Void> register(String email, String password, String termsVersion, String device) {
		Mono<Mail> made = found(email).flatMap((before) -> create(email, password, termsVersion)
			.switchIfEmpty(Mono.fromSupplier(() -> before.map((account) -> Mail.toOwner(account, "taken"))
				// Registered a moment ago by another call, which has the mail sent.
				.orElseGet(() -> Mail.toNobody("taken")))));
		return answered(SecurityEvent.REGISTRATION, email, device, made);
	}

	/**
	 * A password that only the provider refuses, which it says of a new e-mail alone, is
	 * not told: the account is made without one, and its owner chooses another at the
	 * provider.
	 */
	private Mono<Mail> create(String email, String password, String termsVersion) {
		return this.portal.create(email, password, termsVersion)
			.map((id) -> new Mail(id, List.of(Action.VERIFY_EMAIL), "done"))
			.onErrorResume(
					(failure) -> failure instanceof Problem problem && problem.code() == ProblemCode.WEAK_PASSWORD,
					(weak) -> this.portal.create(email, null, termsVersion)
						.map((id) -> new Mail(id, List.of(Action.VERIFY_EMAIL, Action.UPDATE_PASSWORD),
								ProblemCode.WEAK_PASSWORD.code())));
	}

	/** Has a mail sent by which the password can be changed, if the e-mail is known. */
	Mono<Void> resetPassword(String email, String device) {
		Mono<Mail> mail = found(email).map((known) -> known.map((account) -> Mail.toOwner(account, "done"))
			.orElseGet(() -> Mail.toNobody("no-account")));
		return answered(SecurityEvent.PASSWORD_RESET, email, device, mail);
	}

	private Mono<Optional<PortalAccount>> found(String email) {
		return this.portal.find(email).map(Optional::of).defaultIfEmpty(Optional.empty());
	}

	private Mono<Void> answered(SecurityEvent event, String email, String device, Mono<Mail> settled) {
		return Mono.defer(() -> new AnswerTime(this.settings.answerAfter()).after(
				settled.onErrorResume(Problem.class,
						(problem) -> this.events.record(event, email, device, problem.code().code())
							.then(Mono.error(problem))),
				(mail, time) -> toItsEnd(
						sent(mail).flatMap((result) -> this.events.record(event, email, device, result)))
					.timeout(time, Mono.empty())));
	}

	/**
	 * Goes on though the call was answered or its caller has left: what was promised is a
	 * mail, and a provider may be slow to send it. The limits of an upstream call end it.
	 */
	private static Mono<Void> toItsEnd(Mono<Void> work) {
		return Mono.deferContextual(
				(context) -> Mono.fromFuture(work.contextWrite((none) -> none.putAll(context)).toFuture(), true));
	}

	/**
	 * Whether the mail could be sent is not told: of an e-mail that nobody has it never
	 * fails.
	 */
	private Mono<String> sent(Mail mail) {
		return this.portal.sendActions(mail.account(), mail.actions())
			.thenReturn(mail.result())
			.onErrorResume(Problem.class,
					(problem) -> Mono.just(mail.isForSomebody() ? problem.code().code() : mail.result()));
	}

}
