package pl.bramka.gateway.audit;

import pl.bramka.gateway.keys.Pseudonyms;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * {@code POST /actuator/pseudonym} with <code>{"person": …}</code> on the management
 * port: by which name records call a customer number or an e-mail. In a body, since
 * addresses are written into logs. Changes nothing.
 */
@Component
@Endpoint(id = "pseudonym")
final class PseudonymEndpoint {

	private final Pseudonyms pseudonyms;

	PseudonymEndpoint(Pseudonyms pseudonyms) {
		this.pseudonyms = pseudonyms;
	}

	@WriteOperation
	Answer pseudonym(String person) {
		return new Answer(this.pseudonyms.of(person));
	}

	record Answer(String pseudonym) {
	}

}
