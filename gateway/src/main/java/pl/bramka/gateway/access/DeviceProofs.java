package pl.bramka.gateway.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Checks that a request was signed by a device key, just now, for this very call: a DPoP
 * proof (RFC 9449, section 4.3). Cheap checks come first; the proof is remembered only
 * once its signature is known to be good, so that strangers cannot fill the memory.
 */
@Component
public final class DeviceProofs {

	private static final String HEADER = "DPoP";

	private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

	private static final Set<String> HEADERS = Set.of("typ", "alg", "jwk");

	private static final int LONGEST_PROOF = 2048;

	private static final int LONGEST_ID = 128;

	private final ProofSignatures signatures;

	private final RememberedProofs remembered;

	private final StrictJwt strict;

	private final String publicUrl;

	private final Duration window;

	private final Clock clock;

	DeviceProofs(AccessProperties settings, ProofSignatures signatures, RememberedProofs remembered, StrictJwt strict,
			Clock clock) {
		this.signatures = signatures;
		this.remembered = remembered;
		this.strict = strict;
		this.publicUrl = normal(settings.publicUrl());
		this.window = settings.proofWindow();
		this.clock = clock;
	}

	/**
	 * Checks the proof of a call that needs no access token.
	 * @param request the request as received
	 * @return the RFC 7638 thumbprint of the device key
	 * @throws Problem {@code invalid-proof} whatever is wrong
	 */
	public String device(ServerHttpRequest request) {
		return device(request, null);
	}

	/**
	 * Checks the proof of a call with an access token.
	 * @param tokenHash the base64url SHA-256 of the token, which the proof must name
	 */
	String device(ServerHttpRequest request, @Nullable String tokenHash) {
		List<String> proofs = request.getHeaders().getOrEmpty(HEADER);
		if (proofs.size() != 1 || proofs.getFirst().length() > LONGEST_PROOF) {
			throw refused();
		}
		try {
			return checked(this.strict.parse(proofs.getFirst(), HEADERS), request, tokenHash);
		}
		catch (ParseException | JOSEException | IllegalArgumentException ex) {
			throw refused();
		}
	}

	private String checked(SignedJWT proof, ServerHttpRequest request, @Nullable String tokenHash)
			throws ParseException, JOSEException {
		ECKey key = key(proof.getHeader());
		JWTClaimsSet claims = proof.getJWTClaimsSet();
		String id = claims.getJWTID();
		boolean fits = request.getMethod().name().equals(claims.getStringClaim("htm"))
				&& isRecent(claims.getIssueTime()) && id != null && !id.isBlank() && id.length() <= LONGEST_ID
				&& isFor(claims.getStringClaim("htu"), request)
				&& (tokenHash == null || tokenHash.equals(claims.getStringClaim("ath")));
		if (!fits || !this.signatures.isSignedBy(proof, key)) {
			throw refused();
		}
		String device = key.computeThumbprint().toString();
		if (!this.remembered.isNew(device, id)) {
			throw refused();
		}
		return device;
	}

	private static ECKey key(JWSHeader header) {
		boolean plain = TYPE.equals(header.getType()) && JWSAlgorithm.ES256.equals(header.getAlgorithm());
		if (!plain || !(header.getJWK() instanceof ECKey key) || key.isPrivate()
				|| !Curve.P_256.equals(key.getCurve())) {
			throw refused();
		}
		return key;
	}

	private boolean isRecent(@Nullable Date issued) {
		return issued != null
				&& Duration.between(issued.toInstant(), this.clock.instant()).abs().compareTo(this.window) <= 0;
	}

	/** RFC 9449, section 4.3, point 9: the address without query and fragment. */
	private boolean isFor(@Nullable String address, ServerHttpRequest request) {
		if (address == null) {
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
