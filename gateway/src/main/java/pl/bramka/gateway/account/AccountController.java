package pl.bramka.gateway.account;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.access.DeviceProofs;
import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.compatibility.Contact;
import pl.bramka.gateway.contact.EmailAddress;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.ratelimit.LimitKey;
import pl.bramka.gateway.ratelimit.Limits;
import pl.bramka.gateway.terms.Terms;
import pl.bramka.gateway.wording.Wording;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Accounts of the portal. No answer says whether an e-mail has one.
 */
@RestController
final class AccountController {

	private final DeviceProofs proofs;

	private final Limits limits;

	private final Terms terms;

	private final PasswordRule passwords;

	private final Accounts accounts;

	private final SecurityEvents events;

	private final Live<Contact> contact;

	private final Wording wording = Wording.of("account");

	AccountController(DeviceProofs proofs, Limits limits, Terms terms, PasswordRule passwords, Accounts accounts,
			SecurityEvents events, Live<Contact> contact) {
		this.proofs = proofs;
		this.limits = limits;
		this.terms = terms;
		this.passwords = passwords;
		this.accounts = accounts;
		this.events = events;
		this.contact = contact;
	}

	/**
	 * Asks for an account.
	 *
	 * @param email the address, which will be the account's name
	 * @param password what will open it
	 * @param termsVersion the edition of the terms that was accepted
	 */
	@Schema(example = "{\"email\":\"zofia.kowal@example.com\",\"password\":\"Correct-horse-7\",\"termsVersion\":\"2026-01\"}")
	record RegistrationRequest(@NotNull @Size(max = 254) @Pattern(regexp = EmailAddress.PATTERN) String email,
			@NotNull @Size(min = 8, max = 128) String password, @NotBlank @Size(max = 40) String termsVersion) {

		/** Never what was typed. */
		@Override
		public String toString() {
			return "RegistrationRequest";
		}

	}

	/**
	 * Asks for a mail by which a password can be changed.
	 *
	 * @param email the account's address
	 */
	@Schema(example = "{\"email\":\"zofia.kowal@example.com\"}")
	record PasswordResetRequest(@NotNull @Size(max = 254) @Pattern(regexp = EmailAddress.PATTERN) String email) {

		/** Never what was typed. */
		@Override
		public String toString() {
			return "PasswordResetRequest";
		}

	}

	/**
	 * That the call was taken.
	 *
	 * @param message what to tell the person
	 */
	record MailAsked(String message) {
	}

	/**
	 * Registers an account. The answer is the same, at the same time, whether or not the
	 * e-mail is taken: what to do next comes by mail. The link in it confirms the
	 * address; if the address has an account already, it lets its owner choose a new
	 * password. Until the address is confirmed signing in answers `account-not-ready`,
	 * and until the portal has connected the account with a contract
	 * `account-not-linked`.
	 * @param exchange carries the proof
	 * @param body the new account
	 * @return the registration was taken, and a mail will come
	 */
	@PostMapping("/v1/accounts")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Answers({ ProblemCode.INVALID_PROOF, ProblemCode.WEAK_PASSWORD, ProblemCode.TERMS_OUTDATED,
			ProblemCode.IDENTITY_REFUSED, ProblemCode.IDENTITY_UNAVAILABLE, ProblemCode.STORE_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<MailAsked>> register(ServerWebExchange exchange,
			@Valid @RequestBody Mono<RegistrationRequest> body) {
		return this.proofs.device(exchange.getRequest())
			.flatMap((device) -> body.flatMap((asked) -> register(exchange, asked, device)))
			.then(Mono.fromSupplier(() -> taken(exchange)));
	}

	private Mono<Void> register(ServerWebExchange exchange, RegistrationRequest asked, String device) {
		String edition = this.terms.current().version();
		if (!edition.equals(asked.termsVersion())) {
			return Mono.error(Problem.of(ProblemCode.TERMS_OUTDATED));
		}
		if (!this.passwords.takes(asked.password(), asked.email())) {
			return Mono.error(Problem.of(ProblemCode.WEAK_PASSWORD));
		}
		return charge(exchange, device, asked.email())
			.then(this.accounts.register(asked.email(), asked.password(), edition, device));
	}

	/**
	 * Has a mail sent by which a forgotten password can be changed. The answer is the
	 * same, at the same time, whether or not the e-mail has an account.
	 * @param exchange carries the proof
	 * @param body whose password it is
	 * @return the wish was taken; a mail will come if there is such an account
	 */
	@PostMapping("/v1/accounts/password-reset")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Answers({ ProblemCode.INVALID_PROOF, ProblemCode.IDENTITY_REFUSED, ProblemCode.IDENTITY_UNAVAILABLE,
			ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<MailAsked>> resetPassword(ServerWebExchange exchange,
			@Valid @RequestBody Mono<PasswordResetRequest> body) {
		return this.proofs.device(exchange.getRequest())
			.flatMap((device) -> body.flatMap((asked) -> charge(exchange, device, asked.email())
				.then(this.accounts.resetPassword(asked.email(), device))))
			.then(Mono.fromSupplier(() -> taken(exchange)));
	}

	/**
	 * Asks for the deletion of the account. People do that: the answer says whom to turn
	 * to.
	 * @param customer who asks
	 * @return never
	 */
	@DeleteMapping("/v1/accounts/current")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers({ ProblemCode.ACCOUNT_DELETION_BY_CONTACT })
	Mono<ResponseEntity<Void>> deleteAccount(@AuthenticationPrincipal Customer customer) {
		Contact contact = this.contact.value();
		Problem problem = Problem.of(ProblemCode.ACCOUNT_DELETION_BY_CONTACT)
			.with("form", contact.form())
			.with("phone", contact.phone());
		return this.events
			.record(SecurityEvent.ACCOUNT_DELETION, customer.id(), customer.device(), problem.code().code())
			.then(Mono.error(problem));
	}

	private Mono<Void> charge(ServerWebExchange exchange, String device, String email) {
		return this.limits.charge(exchange, LimitKey.DEVICE, device)
			.then(this.limits.charge(exchange, LimitKey.EMAIL, email));
	}

	private ResponseEntity<MailAsked> taken(ServerWebExchange exchange) {
		Language language = Language.of(exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT_LANGUAGE));
		return ResponseEntity.accepted()
			.cacheControl(CacheControl.noStore())
			.body(new MailAsked(this.wording.say(language, "mail-asked")));
	}

}
