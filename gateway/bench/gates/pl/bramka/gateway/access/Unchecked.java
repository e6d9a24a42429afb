package pl.bramka.gateway.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;

/** Takes a customer's word for who they are, once it was checked: what the checks cost is what is missing. */
public final class Unchecked {

	private Unchecked() {
	}

	/**
	 * @param checked the real check
	 * @param parts the gateway's
	 * @param without {@code proof}, {@code token} (and its proof), or anything else for the real check itself
	 */
	public static Object instead(Object checked, String without, BeanFactory parts) {
		ServerAuthenticationConverter real = (ServerAuthenticationConverter) checked;
		return switch (without) {
			case "proof" -> withoutProofs(parts.getBean(VerifiedTokens.class));
			case "token" -> once(real);
			default -> real;
		};
	}

	private static ServerAuthenticationConverter withoutProofs(VerifiedTokens tokens) {
		return (exchange) -> {
			String token = String.valueOf(exchange.getRequest().getHeaders().getFirst("Authorization")).substring(5).strip();
			return tokens.customer(token, hash(token)).map(CustomerAuthentication::new);
		};
	}

	private static String hash(String token) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ServerAuthenticationConverter once(ServerAuthenticationConverter real) {
		Map<String, Authentication> known = new ConcurrentHashMap<>();
		return (exchange) -> {
			String token = String.valueOf(exchange.getRequest().getHeaders().getFirst("Authorization"));
			Authentication before = known.get(token);
			return (before != null) ? Mono.just(before)
					: real.convert(exchange).doOnNext((authentication) -> known.put(token, authentication));
		};
	}

}
