package pl.bramka.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Makes a customer of {@code Authorization: DPoP <token>} and {@code DPoP: <proof>}. The
 * two belong together: the proof names the token, the token names the proof's key.
 */
@Component
final class TokenAuthentication implements ServerAuthenticationConverter {

	private static final String SCHEME = "DPoP ";

	private static final int LONGEST_TOKEN = 4096;

	private final VerifiedTokens tokens;

	private final DeviceProofs proofs;

	TokenAuthentication(VerifiedTokens tokens, DeviceProofs proofs) {
		this.tokens = tokens;
		this.proofs = proofs;
	}

	/** Empty without a token of this scheme: the chain then refuses by itself. */
	@Override
	public Mono<Authentication> convert(ServerWebExchange exchange) {
		List<String> headers = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
		if (headers.isEmpty() || !headers.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return Mono.empty();
		}
		String token = headers.getFirst().substring(SCHEME.length()).strip();
		if (headers.size() > 1 || token.length() > LONGEST_TOKEN) {
			return Mono.error(Problem.of(ProblemCode.INVALID_TOKEN));
		}
		String hash = hash(token);
		return this.tokens.customer(token, hash)
			.flatMap((customer) -> this.proofs.authenticate(exchange.getRequest(), hash, customer));
	}

	/** The claim {@code ath} of RFC 9449, section 4.2. */
	private static String hash(String token) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
