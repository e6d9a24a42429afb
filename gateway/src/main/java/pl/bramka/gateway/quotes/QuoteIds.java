package pl.bramka.gateway.quotes;

import java.util.List;
import java.util.Map;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.keys.Seal;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.stereotype.Component;

/**
 * Ids of quotes. One holds its quote, sealed: nothing is stored for a quote that nobody
 * pays, every node knows it, and what was promised cannot be changed.
 */
@Component
final class QuoteIds {

	private static final String PURPOSE = "quote";

	/** Twice what the largest basket takes. */
	private static final int LONGEST = 4096;

	private final Seal seal;

	private final JsonMapper json;

	QuoteIds(Seal seal, JsonMapper json) {
		this.seal = seal;
		this.json = json;
	}

	/** Takes random numbers from the system: not on an event loop. */
	String of(Promise promise) {
		return this.seal.closeAs(PURPOSE, this.json.writeValueAsString(promise));
	}

	/**
	 * Opens an id.
	 * @throws Problem {@code invalid-request} if we did not give it out to this customer
	 */
	Promise open(Customer customer, String id) {
		if (id.length() > LONGEST) {
			throw invalid();
		}
		try {
			Promise promise = this.json.readValue(this.seal.openAs(PURPOSE, id), Promise.class);
			if (promise.customerId().equals(customer.id())) {
				return promise;
			}
		}
		catch (IllegalArgumentException | JacksonException ex) {
			throw invalid();
		}
		throw invalid();
	}

	private static Problem invalid() {
		return Problem.of(ProblemCode.INVALID_REQUEST).with("errors", List.of(Map.of("field", "quoteId")));
	}

}
