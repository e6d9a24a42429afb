package pl.bramka.gateway.biometric;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The public part of a P-256 key as a JWK (RFC 7517), with these members and no other:
 * what is private stays in the phone.
 *
 * @param kty {@code EC}
 * @param crv {@code P-256}
 * @param x 32 bytes, base64url
 * @param y 32 bytes, base64url
 */
record BiometricPublicKey(@NotNull @Pattern(regexp = "EC") @Schema(example = "EC") String kty,
		@NotNull @Pattern(regexp = "P-256") @Schema(example = "P-256") String crv,
		@NotNull @Pattern(regexp = COORDINATE) @Schema(
				example = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU") String x,
		@NotNull @Pattern(regexp = COORDINATE) @Schema(
				example = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0") String y) {

	/** 256 bits in their one right spelling. */
	static final String COORDINATE = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";

	/**
	 * The key.
	 * @throws IllegalArgumentException if the point is not on the curve
	 */
	ECKey key() {
		try {
			return new ECKey.Builder(Curve.P_256, new Base64URL(this.x), new Base64URL(this.y)).build();
		}
		catch (IllegalStateException ex) {
			throw new IllegalArgumentException("not on the curve");
		}
	}

}
