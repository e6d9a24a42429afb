package pl.bramka.gateway.session;

import java.net.URI;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.access.DeviceProofs;
import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.device.Devices;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.ratelimit.LimitKey;
import pl.bramka.gateway.ratelimit.Limits;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sessions of the app. The device's proof is checked before anything else is looked at.
 */
@RestController
final class SessionController {

	private final DeviceProofs proofs;

	private final Limits limits;

	private final SignIn signIn;

	private final Sessions sessions;

	private final Devices devices;

	SessionController(DeviceProofs proofs, Limits limits, SignIn signIn, Sessions sessions, Devices devices) {
		this.proofs = proofs;
		this.limits = limits;
		this.signIn = signIn;
		this.sessions = sessions;
		this.devices = devices;
	}

	/**
	 * Asks for a session: e-mail and password, or a code from the system browser.
	 *
	 * @param email the portal account's address
	 * @param password its password
	 * @param authorizationCode the code the browser came back with
	 * @param codeVerifier the PKCE verifier the app kept (RFC 7636)
	 * @param redirectUri where the browser came back to
	 * @param deviceName what the phone is called in the list of devices
	 */
	@Schema(example = "{\"email\":\"zofia.kowal@example.com\",\"password\":\"correct horse\"}")
	record SignInRequest(@Nullable @Size(min = 3, max = 254) String email,
			@Nullable @Size(min = 1, max = 256) String password,
			@Nullable @Size(min = 1, max = 2048) String authorizationCode,
			@Nullable @Size(min = 43, max = 128) String codeVerifier, @Nullable URI redirectUri,
			@Nullable @Size(max = 60) @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*") String deviceName) {

		@AssertTrue
		boolean isOneWay() {
			boolean byPassword = this.email != null && this.password != null;
			boolean byCode = this.authorizationCode != null && this.codeVerifier != null && this.redirectUri != null;
			boolean anyOfPassword = this.email != null || this.password != null;
			boolean anyOfCode = this.authorizationCode != null || this.codeVerifier != null || this.redirectUri != null;
			return (byPassword && !anyOfCode) || (byCode && !anyOfPassword);
		}

		/** Never what was typed. */
		@Override
		public String toString() {
			return "SignInRequest";
		}

	}

	/**
	 * Asks for the next tokens of a session.
	 *
	 * @param refreshToken the one last given out
	 */
	record RefreshRequest(@NotBlank @Size(min = 1, max = 256) String refreshToken) {

		/** Never the token. */
		@Override
		public String toString() {
			return "RefreshRequest";
		}

	}

	/**
	 * The customer's open sessions.
	 *
	 * @param items the latest used first
	 */
	record SessionList(List<SessionSummary> items) {
	}

	/**
	 * Opens a session. Either e-mail and password, or the code that the system browser
	 * came back with (RFC 7636, RFC 8252); never both. The session belongs to the device
	 * whose key made the proof.
	 * @param exchange carries the proof
	 * @param body how the customer signs in
	 * @return the session is open; the tokens of it
	 */
	@PostMapping("/v1/sessions")
	@ResponseStatus(HttpStatus.CREATED)
	@Answers({ ProblemCode.INVALID_PROOF, ProblemCode.INVALID_CREDENTIALS, ProblemCode.PASSWORD_REQUIRED,
			ProblemCode.ACCOUNT_NOT_READY, ProblemCode.ACCOUNT_NOT_LINKED, ProblemCode.DISTRIBUTION_ONLY,
			ProblemCode.INDIVIDUALS_ONLY, ProblemCode.SIGN_IN_METHOD_OFF, ProblemCode.IDENTITY_REFUSED,
			ProblemCode.IDENTITY_UNAVAILABLE, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<SessionTokens>> signIn(ServerWebExchange exchange,
			@Valid @RequestBody Mono<SignInRequest> body) {
		return this.proofs.device(exchange.getRequest())
			.flatMap((device) -> body.flatMap((asked) -> signIn(exchange, asked, device)
				.delayUntil((tokens) -> seen(exchange, tokens, asked.deviceName()))))
			.map((tokens) -> ResponseEntity.status(HttpStatus.CREATED)
				.cacheControl(CacheControl.noStore())
				.body(tokens));
	}

	private Mono<SessionTokens> signIn(ServerWebExchange exchange, SignInRequest asked, String device) {
		if (asked.email() != null && asked.password() != null) {
			return this.limits.attempt(exchange, device, asked.email(),
					this.signIn.byPassword(asked.email(), asked.password(), device));
		}
		if (asked.authorizationCode() != null && asked.codeVerifier() != null && asked.redirectUri() != null) {
			return this.limits.charge(exchange, LimitKey.DEVICE, device)
				.then(this.signIn.byCode(asked.authorizationCode(), asked.codeVerifier(), asked.redirectUri(), device));
		}
		return Mono.error(Problem.of(ProblemCode.INVALID_REQUEST));
	}

	/**
	 * Exchanges the refresh token for the next pair of tokens. A refresh token is good
	 * once. If the answer was lost, the same token with the same device's proof brings
	 * the same successor for some seconds more; later, or with another key, it ends the
	 * session.
	 * @param exchange carries the proof
	 * @param body the token last given out
	 * @return the next tokens
	 */
	@PostMapping("/v1/sessions/refresh")
	@Answers({ ProblemCode.INVALID_PROOF, ProblemCode.SESSION_ENDED, ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<SessionTokens>> refreshSession(ServerWebExchange exchange,
			@Valid @RequestBody Mono<RefreshRequest> body) {
		return this.proofs.device(exchange.getRequest())
			.flatMap((device) -> this.limits.charge(exchange, LimitKey.DEVICE, device)
				.then(body.flatMap((asked) -> refresh(asked, device))))
			.delayUntil((tokens) -> seen(exchange, tokens, null))
			.map((tokens) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(tokens));
	}

	private Mono<SessionTokens> refresh(RefreshRequest asked, String device) {
		return RefreshToken.isWellFormed(asked.refreshToken())
				? this.sessions.refresh(RefreshToken.of(asked.refreshToken()), device)
				: Mono.error(Problem.of(ProblemCode.SESSION_ENDED));
	}

	private Mono<Void> seen(ServerWebExchange exchange, SessionTokens tokens, @Nullable String name) {
		return this.devices.seen(tokens.deviceId(), name, exchange.getRequest().getHeaders());
	}

	/**
	 * Where the customer is signed in.
	 * @param customer who asks
	 * @return the open sessions
	 */
	@GetMapping("/v1/sessions")
	@Answers(ProblemCode.STORE_UNAVAILABLE)
	Mono<ResponseEntity<SessionList>> sessions(@AuthenticationPrincipal Customer customer) {
		return this.sessions.of(customer)
			.map((items) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new SessionList(items)));
	}

	/**
	 * Signs out. The session ends, with every token of it.
	 * @param customer who asks
	 * @return the session has ended
	 */
	@DeleteMapping("/v1/sessions/current")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers({ ProblemCode.SESSION_NOT_FOUND, ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Void>> signOut(@AuthenticationPrincipal Customer customer) {
		return this.sessions.end(customer, customer.sessionId(), SecurityEvent.SIGN_OUT).thenReturn(nothing());
	}

	/**
	 * Ends the customer's other sessions, on whatever devices they are. PINs and
	 * fingerprints open new ones there as before.
	 * @param customer who asks
	 * @return no session is open but the one that asks
	 */
	@DeleteMapping("/v1/sessions")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers(ProblemCode.STORE_UNAVAILABLE)
	Mono<ResponseEntity<Void>> endOtherSessions(@AuthenticationPrincipal Customer customer) {
		return this.sessions.endOthers(customer).thenReturn(nothing());
	}

	/**
	 * Ends one of the customer's sessions, on whatever device it is.
	 * @param customer who asks
	 * @param id which one, as in the list of sessions
	 * @return the session has ended
	 */
	@DeleteMapping("/v1/sessions/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Answers({ ProblemCode.SESSION_NOT_FOUND, ProblemCode.STORE_UNAVAILABLE })
	Mono<ResponseEntity<Void>> endSession(@AuthenticationPrincipal Customer customer, @PathVariable String id) {
		return this.sessions.end(customer, id, SecurityEvent.SESSION_END).thenReturn(nothing());
	}

	private static ResponseEntity<Void> nothing() {
		return ResponseEntity.noContent().cacheControl(CacheControl.noStore()).build();
	}

}
