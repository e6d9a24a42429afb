package pl.bramka.gateway.identity;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.faults.Fault;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.identity.Mail;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

class PortalAccountsTest {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static TestGateway gateway;

	private static PortalAccounts accounts;

	@BeforeAll
	static void start() {
		gateway = TestGateway.start();
		accounts = gateway.bean(PortalAccounts.class);
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@BeforeEach
	void loseTheToken() {
		takeTheTokenBack();
		gateway.mocks().reset();
	}

	/** What it was signed with is not published any more. */
	private static void takeTheTokenBack() {
		gateway.mocks().identityProvider().rotateKeys();
		gateway.mocks().identityProvider().rotateKeys();
	}

	private static int tokens() {
		return gateway.mocks().received(UpstreamName.IDENTITY, "/token$").size();
	}

	private static void assertFails(Mono<?> call, String code) {
		StepVerifier.create(call)
			.expectErrorSatisfies((failure) -> assertThat(((Problem) failure).code().code()).isEqualTo(code))
			.verify(PATIENCE);
	}

	@Test
	void areFoundByTheWholeEmailOnly() {
		StepVerifier.create(accounts.find("ANNA@example.com")).assertNext((account) -> {
			assertThat(account.verified()).isTrue();
			assertThat(account.id()).isNotBlank();
		}).expectComplete().verify(PATIENCE);
		StepVerifier.create(accounts.find("nna@example.com")).expectComplete().verify(PATIENCE);
		StepVerifier.create(accounts.find("a+b&email=anna@example.com")).expectComplete().verify(PATIENCE);
		StepVerifier.create(accounts.find("nowy@example.com").map(PortalAccount::verified))
			.expectNext(false)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void areMadeOnce() {
		StepVerifier.create(accounts.create("new@example.com", "Calkiem-Nowe-7", "2026-01"))
			.expectNextCount(1)
			.expectComplete()
			.verify(PATIENCE);
		StepVerifier.create(accounts.create("new@example.com", "Calkiem-Nowe-7", "2026-01"))
			.expectComplete()
			.verify(PATIENCE);
		assertFails(accounts.create("other@example.com", "Password-123", "2026-01"), "weak-password");
	}

	@Test
	void haveTheirOwnersWrittenTo() {
		String id = gateway.mocks().personas().byName("anna").subject().toString();
		StepVerifier.create(accounts.sendActions(id, List.of(PortalAccounts.Action.UPDATE_PASSWORD)))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(gateway.mocks().identityProvider().mails())
			.containsExactly(new Mail("anna@example.com", List.of("UPDATE_PASSWORD")));
		assertFails(accounts.sendActions("nobody", List.of(PortalAccounts.Action.VERIFY_EMAIL)), "identity-refused");
	}

	@Test
	void areAskedWithATokenThatIsFetchedOnceHoweverManyAsk() {
		StepVerifier.create(Flux.range(0, 50).flatMap((i) -> accounts.find("nobody" + i + "@example.com"), 50).then())
			.expectComplete()
			.verify(PATIENCE);
		// The old one is refused to all of them, and one new one is fetched.
		assertThat(tokens()).isOne();
	}

	@Test
	void areAskedWithANewTokenOnceTheOldOneIsTakenBack() {
		StepVerifier.create(accounts.find("anna@example.com")).expectNextCount(1).expectComplete().verify(PATIENCE);
		StepVerifier.create(accounts.find("anna@example.com")).expectNextCount(1).expectComplete().verify(PATIENCE);
		int before = tokens();
		takeTheTokenBack();
		StepVerifier.create(accounts.find("anna@example.com")).expectNextCount(1).expectComplete().verify(PATIENCE);
		assertThat(tokens()).isEqualTo(before + 1);
	}

	@Test
	void areNotAskedForeverWithTokensThatAreNeverTaken() {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(FaultKind.UNKNOWN_KID));
		assertFails(accounts.find("anna@example.com"), "identity-refused");
		assertThat(gateway.mocks().received(UpstreamName.IDENTITY, "/users")).hasSize(2);
		gateway.mocks().faults().clearAll();
		StepVerifier.create(accounts.find("anna@example.com")).expectNextCount(1).expectComplete().verify(PATIENCE);
	}

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE", "HTML_LOGIN", "RESET", "GARBAGE", "MALFORMED", "REQUEST_REJECTED", "XML_ERROR" })
	void areUnavailableWithoutAToken(FaultKind kind) {
		gateway.mocks().faults().set(UpstreamName.IDENTITY, Fault.of(kind).onlyPath("/token$").times(1));
		assertFails(accounts.find("anna@example.com"), "identity-unavailable");
		// A failure is not kept.
		StepVerifier.create(accounts.find("anna@example.com")).expectNextCount(1).expectComplete().verify(PATIENCE);
	}

	@Test
	void areStillFoundByOthersWhenTheOneWhoFetchesTheTokenLeaves() {
		gateway.mocks()
			.faults()
			.set(UpstreamName.IDENTITY, Fault.slow(Duration.ofMillis(300)).onlyPath("/token$").times(1));
		Mono<PortalAccount> leaves = accounts.find("anna@example.com").timeout(Duration.ofMillis(100), Mono.empty());
		StepVerifier.create(Mono.zip(leaves.hasElement(), accounts.find("anna@example.com").hasElement()))
			.assertNext((both) -> assertThat(both.getT2()).isTrue())
			.expectComplete()
			.verify(PATIENCE);
		StepVerifier.create(leaves.then(accounts.find("jan@example.com")))
			.expectNextCount(1)
			.expectComplete()
			.verify(PATIENCE);
	}

}
