package pl.bramka.gateway.einvoice;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.ODataWrite;
import pl.bramka.gateway.upstream.Refusal;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * How documents are delivered, as billing keeps it.
 */
@Component
final class BillingPreferences {

	private static final String INVOICES = "UMCB";

	private static final String PREFERENCE = "CommunicationPreferences(ContractAccountID='{}',CommunicationCategoryID='"
			+ INVOICES + "')";

	private static final String PAPER = "STND";

	private static final String PAPERLESS = "NONE";

	private final OData billing;

	BillingPreferences(Upstreams upstreams) {
		this.billing = upstreams.billing();
	}

	/** Whoever never chose gets paper. */
	Mono<Boolean> isPaperless(String contractAccountId) {
		return this.billing
			.one(ODataQuery.of("e-invoice", PREFERENCE, contractAccountId), Preference.class,
					(preference) -> preference.isPaperless(contractAccountId))
			.defaultIfEmpty(false);
	}

	/** Sent whole: it takes the place of what was there. */
	Mono<Void> prefer(String contractAccountId, boolean paperless) {
		ODataWrite write = new ODataWrite("e-invoice-switch", HttpMethod.PUT, PREFERENCE, List.of(contractAccountId),
				Map.of("ContractAccountID", contractAccountId, "CommunicationCategoryID", INVOICES,
						"CommunicationMethodID", paperless ? PAPERLESS : PAPER));
		return this.billing.write(write, Preference.class, Preference::method)
			.onErrorMap(Refusal.class, (refusal) -> Problem.of(ProblemCode.BILLING_REFUSED, refusal))
			.then();
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Preference(@JsonProperty("ContractAccountID") String contractAccountId,
			@JsonProperty("CommunicationMethodID") String method) {

		/** An answer about somebody else is garbled, whatever made billing give it. */
		boolean isPaperless(String askedFor) {
			if (!askedFor.equals(this.contractAccountId)) {
				throw new IllegalArgumentException("a preference of another customer");
			}
			return PAPERLESS.equals(Objects.requireNonNull(this.method));
		}

	}

}
