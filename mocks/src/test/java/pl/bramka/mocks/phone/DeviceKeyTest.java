package pl.bramka.mocks.phone;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class DeviceKeyTest {

	private static final URI URL = URI.create("https://api.example/v1/invoices?limit=5#top");

	private final DeviceKey key = DeviceKey.generate();

	@Test
	void signsAProofThatAnotherLibraryVerifies() throws Exception {
		SignedJWT proof = SignedJWT.parse(this.key.proof("GET", URL, null));
		ECKey inHeader = (ECKey) proof.getHeader().getJWK();
		assertThat(proof.verify(new ECDSAVerifier(inHeader))).isTrue();
		assertThat(inHeader.isPrivate()).isFalse();
		assertThat(inHeader.computeThumbprint().toString()).isEqualTo(this.key.thumbprint());
		assertThat(proof.getHeader().getType().getType()).isEqualTo("dpop+jwt");
		assertThat(proof.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
	}

	@Test
	void namesTheRequestWithoutQueryAndTheTime() throws Exception {
		JWTClaimsSet claims = SignedJWT.parse(this.key.proof("GET", URL, null)).getJWTClaimsSet();
		assertThat(claims.getStringClaim("htm")).isEqualTo("GET");
		assertThat(claims.getStringClaim("htu")).isEqualTo("https://api.example/v1/invoices");
		assertThat(claims.getIssueTime().toInstant()).isCloseTo(Instant.now(), within(Duration.ofSeconds(5)));
		assertThat(claims.getClaim("ath")).isNull();
	}

	@Test
	void bindsTheProofToTheTokenAsInTheExampleOfTheRfc() throws Exception {
		// RFC 9449 section 7.1.
		String token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
		assertThat(SignedJWT.parse(this.key.proof("GET", URL, token)).getJWTClaimsSet().getStringClaim("ath"))
			.isEqualTo("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo");
	}

	@Test
	void neverRepeatsAProof() throws Exception {
		String first = SignedJWT.parse(this.key.proof("GET", URL, null)).getJWTClaimsSet().getJWTID();
		assertThat(SignedJWT.parse(this.key.proof("GET", URL, null)).getJWTClaimsSet().getJWTID()).isNotEqualTo(first);
	}

	@Test
	void letsATestSpoilAnyPart() throws Exception {
		Instant lastYear = Instant.parse("2025-01-01T00:00:00Z");
		SignedJWT proof = SignedJWT.parse(this.key.buildProof("GET", URL, "t")
			.header("typ", "jwt")
			.header("alg", "ES384")
			.claim("htu", "https://other.example/")
			.claim("ath", null)
			.claim("jti", "again")
			.issuedAt(lastYear)
			.sign());
		assertThat(proof.getHeader().getType().getType()).isEqualTo("jwt");
		assertThat(proof.getHeader().getAlgorithm().getName()).isEqualTo("ES384");
		assertThat(proof.getJWTClaimsSet().getIssueTime()).isEqualTo(lastYear);
		assertThat(proof.getJWTClaimsSet().getClaims()).containsEntry("jti", "again")
			.containsEntry("htu", "https://other.example/")
			.doesNotContainKey("ath");
	}

	@Test
	void letsAnotherKeySign() throws Exception {
		SignedJWT proof = SignedJWT.parse(this.key.buildProof("GET", URL, null).signedBy(DeviceKey.generate()).sign());
		assertThat(proof.verify(new ECDSAVerifier((ECKey) proof.getHeader().getJWK()))).isFalse();
	}

	@Test
	void isTheSameDeviceAfterBeingWrittenDown() {
		assertThat(DeviceKey.parse(this.key.privateJwk()).thumbprint()).isEqualTo(this.key.thumbprint());
		assertThatIllegalArgumentException().isThrownBy(() -> DeviceKey.parse("{}"));
	}

	@Test
	void keepsItsSecretOutOfWords() {
		assertThat(this.key.toString()).doesNotContain("\"d\"").contains(this.key.thumbprint());
		assertThat(this.key.publicJwk()).doesNotContainKey("d");
	}

}
