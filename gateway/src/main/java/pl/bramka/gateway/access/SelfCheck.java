package pl.bramka.gateway.access;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;

import pl.bramka.gateway.customer.AuthenticationMethod;
import pl.bramka.gateway.customer.Customer;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Before a node says it is ready: a token it signs must verify with its own keys, and a
 * device signature with its provider. A wrong key file stops the start and not the first
 * customer, and the first customer does not wait for cryptography to be loaded.
 */
@Component
final class SelfCheck implements ApplicationRunner {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final AccessTokens tokens;

	private final VerifiedTokens verified;

	private final ProofSignatures signatures;

	private final Clock clock;

	SelfCheck(AccessTokens tokens, VerifiedTokens verified, ProofSignatures signatures, Clock clock) {
		this.tokens = tokens;
		this.verified = verified;
		this.signatures = signatures;
		this.clock = clock;
	}

	@Override
	public void run(ApplicationArguments arguments) throws Exception {
		checkTokens();
		checkSignatures();
	}

	private void checkTokens() throws InterruptedException, TimeoutException {
		Customer nobody = new Customer("nobody", "none", "none", AuthenticationMethod.PASSWORD, this.clock.instant());
		String token = this.tokens.issue(nobody, "nobody");
		try {
			this.verified.customer(token, "self-check").toFuture().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("a token of our own does not verify: look at bramka.keys", ex);
		}
	}

	private void checkSignatures() throws JOSEException {
		ECKey device = new ECKeyGenerator(Curve.P_256).generate();
		JWSObject proof = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("{}"));
		proof.sign(new ECDSASigner(device));
		if (!proof.verify(this.signatures.verifier(device.toPublicJWK()))) {
			throw new IllegalStateException("device signatures cannot be verified");
		}
	}

}
