package pl.bramka.mocks.sap;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/**
 * Basic authentication of the one technical user. The password protects nothing: it opens
 * invented data.
 */
final class Logon {

	private static final byte[] EXPECTED = ("Basic "
			+ Base64.getEncoder().encodeToString("BRAMKA:local-technical-password".getBytes(StandardCharsets.UTF_8)))
		.getBytes(StandardCharsets.UTF_8);

	private Logon() {
	}

	static boolean succeeds(Request request) {
		String authorization = request.getHeader("Authorization");
		return authorization != null && MessageDigest.isEqual(EXPECTED, authorization.getBytes(StandardCharsets.UTF_8));
	}

	/** The page that a failed logon gets, whatever it accepts. */
	static ResponseDefinition refusal() {
		return ResponseDefinitionBuilder.responseDefinition()
			.withStatus(401)
			.withHeader("WWW-Authenticate", "Basic realm=\"SAP NetWeaver Application Server [BRM/100]\"")
			.withHeader("Content-Type", "text/html;charset=utf-8")
			.withBody("<html><head><title>Logon Error Message</title></head>"
					+ "<body><h1>Anmeldung fehlgeschlagen</h1><p>Logon failed</p></body></html>")
			.build();
	}

}
