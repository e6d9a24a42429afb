package pl.bramka.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pl.bramka.mocks.Mocks;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pipe with a system that speaks the whole protocol.
 */
class PretendedBillingTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Mocks MOCKS = Mocks.startOnFreePorts();

	private final PipeFixture.Open pipe = PipeFixture.aPipe()
		.as("BRAMKA", "local-technical-password")
		.to(MOCKS.billing().resolve("/sap/opu/odata/sap/ERP_UTILITIES_UMC"));

	@BeforeEach
	void nothingIsWrong() {
		MOCKS.reset();
	}

	@AfterEach
	void closePipe() {
		this.pipe.close();
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@Test
	void readsOneEntityAndCollections() {
		StepVerifier.create(account("1000000042")).expectNext("1000000042").expectComplete().verify(PATIENCE);
		StepVerifier.create(account("9999999999")).expectComplete().verify(PATIENCE);
		ODataQuery query = ODataQuery.of("contract-accounts", "Accounts('{}')/ContractAccounts", "1000000042");
		StepVerifier.create(this.pipe.billing().many(query, ContractAccount.class, ContractAccount::toString))
			.assertNext((accounts) -> assertThat(accounts).hasSize(2))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void seesALiteralWhereAnInjectionWasTried() {
		StepVerifier.create(account("1000000042' or '1' eq '1")).expectComplete().verify(PATIENCE);
	}

	@Test
	void changesAfterOneHandshakeAndOnceMoreWhenTheTokenIsRefused() {
		StepVerifier.create(paperless()).expectComplete().verify(PATIENCE);
		assertThat(MOCKS.journal(UpstreamName.BILLING)).hasSize(2);
		MOCKS.faults().set(UpstreamName.BILLING, Fault.of(FaultKind.CSRF_403).times(1));
		StepVerifier.create(paperless()).expectComplete().verify(PATIENCE);
		assertThat(MOCKS.journal(UpstreamName.BILLING)).extracting((request) -> request.getMethod().getName())
			.containsExactly("GET", "PUT", "PUT", "GET", "PUT");
		assertThat(this.pipe.outcomes("answered")).isEqualTo(2);
	}

	@Test
	void failsWhenEveryTokenIsRefused() {
		MOCKS.faults().set(UpstreamName.BILLING, Fault.of(FaultKind.CSRF_403));
		StepVerifier.create(paperless()).expectErrorMessage("billing-unavailable").verify(PATIENCE);
		assertThat(MOCKS.journal(UpstreamName.BILLING)).hasSize(4);
		assertThat(this.pipe.outcomes("fault")).isOne();
	}

	private Mono<String> account(String id) {
		return this.pipe.billing()
			.one(ODataQuery.of("account", "Accounts('{}')", id), Account.class,
					(account) -> String.valueOf(account.id()));
	}

	private Mono<String> paperless() {
		ODataWrite write = new ODataWrite("e-invoice", HttpMethod.PUT,
				"CommunicationPreferences(ContractAccountID='{}',CommunicationCategoryID='UMCB')",
				List.of("000200000431"), Map.of("CommunicationMethodID", "NONE"));
		return this.pipe.billing().write(write, ContractAccount.class, ContractAccount::toString);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Account(@JsonProperty("AccountID") @Nullable String id) {
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record ContractAccount(@JsonProperty("ContractAccountID") @Nullable String id) {
	}

}
