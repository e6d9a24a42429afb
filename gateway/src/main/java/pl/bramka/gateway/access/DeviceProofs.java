package pl.bramka.gateway.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Checks that a request was signed by a device key, just now, for this very call: a DPoP
 * proof (RFC 9449, section 4.3). Cheap checks come first; the proof is remembered only
 * once its signature is known to be good, so that strangers cannot fill the memory.
 */
@Component
public final class DeviceProofs {

	private static final String HEADER = "DPoP";

	private static final int LONGEST_PROOF = 2048;

	private static final int LONGEST_ID = 128;

	private final DeviceKeys keys;

	private final RememberedProofs remembered;

	private final StrictJwt strict;

	private final String publicUrl;

	private final Duration window;

	private final Clock clock;

	DeviceProofs(AccessProperties settings, DeviceKeys keys, RememberedProofs remembered, StrictJwt strict,
			Clock clock) {
		this.keys = keys;
		this.remembered = remembered;
		this.strict = strict;
		this.publicUrl = normal(settings.publicUrl());
		this.window = settings.proofWindow();
		this.clock = clock;
	}

	/**
	 * A proof that is good, if it comes for the first time.
	 *
	 * @param device the RFC 7638 thumbprint of the key that signed it
	 * @param mark what it is remembered by
	 */
	record Proof(String device, RememberedProofs.Mark mark) {
	}

	/**
	 * Checks the proof of a call that needs no access token.
	 * @param request the request as received
	 * @return the RFC 7638 thumbprint of the device key; {@code invalid-proof} whatever
	 * is wrong
	 */
	public Mono<String> device(ServerHttpRequest request) {
		return Mono.fromSupplier(() -> proof(request, null))
			.flatMap((proof) -> this.remembered.once(proof.mark(), proof.device()));
	}

	/**
	 * The customer's authentication, if the proof is of their device, for their token,
	 * and comes for the first time.
	 * @param tokenHash the base64url SHA-256 of the token, which the proof must name
	 */
	Mono<Authentication> authenticate(ServerHttpRequest request, String tokenHash, Customer customer) {
		Proof proof = proof(request, tokenHash);
		return proof.device().equals(customer.device())
				? this.remembered.once(proof.mark(), new CustomerAuthentication(customer)) : Mono.error(refused());
	}

	private Proof proof(ServerHttpRequest request, @Nullable String tokenHash) {
		List<String> proofs = request.getHeaders().getOrEmpty(HEADER);
		if (proofs.size() != 1 || proofs.getFirst().length() > LONGEST_PROOF) {
			throw refused();
		}
		try {
			return checked(proofs.getFirst(), request, tokenHash);
		}
		catch (IllegalArgumentException ex) {
			throw refused();
		}
	}

	private Proof checked(String proof, ServerHttpRequest request, @Nullable String tokenHash) {
		int first = proof.indexOf('.');
		int last = proof.lastIndexOf('.');
		if (first < 0 || first == last) {
			throw refused();
		}
		String signature = proof.substring(last + 1);
		StrictJwt.decoded(signature);
		Map<String, Object> claims = this.strict.object(proof.substring(first + 1, last));
		boolean fits = request.getMethod().name().equals(claims.get("htm")) && isRecent(claims.get("iat"))
				&& claims.get("jti") instanceof String id && !id.isBlank() && id.length() <= LONGEST_ID
				&& isFor(claims.get("htu"), request) && (tokenHash == null || tokenHash.equals(claims.get("ath")));
		if (!fits) {
			throw refused();
		}
		byte[] signed = proof.substring(0, last).getBytes(StandardCharsets.US_ASCII);
		String device = this.keys.signer(proof.substring(0, first), signed, signature).thumbprint();
		return new Proof(device, RememberedProofs.Mark.of(device, String.valueOf(claims.get("jti"))));
	}

	/** Seconds since the epoch, possibly with a fraction (RFC 7519, section 2). */
	private boolean isRecent(@Nullable Object issued) {
		return issued instanceof Number seconds
				&& Math.abs(seconds.doubleValue() - this.clock.millis() / 1000.0) <= this.window.toSeconds();
	}

	/** RFC 9449, section 4.3, point 9: the address without query and fragment. */
	private boolean isFor(@Nullable Object claimed, ServerHttpRequest request) {
		if (!(claimed instanceof String address)) {
			return false;
		}
		String wanted = this.publicUrl + request.getPath().pathWithinApplication().value();
		if (address.equals(wanted)) {
			return true;
		}
		try {
			URI uri = new URI(address);
			return uri.isAbsolute() && uri.getHost() != null && uri.getRawUserInfo() == null
					&& wanted.equals(normal(uri) + uri.getRawPath());
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/** Scheme and authority in the normal form of RFC 3986, section 6.2. */
	private static String normal(URI uri) {
		String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
		int port = uri.getPort();
		boolean usual = port == -1 || (port == 443 && "https".equals(scheme)) || (port == 80 && "http".equals(scheme));
		return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
	}

	private static Problem refused() {
		return Problem.of(ProblemCode.INVALID_PROOF);
	}

}
