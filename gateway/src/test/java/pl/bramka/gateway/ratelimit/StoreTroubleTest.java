package pl.bramka.gateway.ratelimit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.TestRedis;
import pl.bramka.gateway.observability.Names;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Redis that dies, hangs and comes back while the gateway runs, with the waits of
 * application.yml.
 */
class StoreTroubleTest {

	private static final String LIMITS = """
			bramka.rate-limits.policies:
			  sign-in-address:
			    key: address
			    fail-closed: true
			    calls: [ { methods: [ POST ], paths: [ /v1/sessions ] } ]
			    bandwidths: { day: { limit: 1000, period: 1d } }
			  sign-in-email:
			    key: email
			    fail-closed: true
			    calls: [ { methods: [ POST ], paths: [ /v1/sessions ] } ]
			    bandwidths: { day: { limit: 5, period: 1d } }
			  own:
			    key: customer
			    calls: [ { methods: [ GET ], paths: [ /v1/contracts ] } ]
			    bandwidths: { day: { limit: 40, period: 1d } }
			  phone:
			    key: device
			    calls: [ { paths: [ /v1/** ] } ]
			    bandwidths: { day: { limit: 10000, period: 1d } }
			""";

	private final TestRedis redis = TestRedis.start();

	private final TestGateway gateway = TestGateway.startLimited(LIMITS, "bramka.nodes.redis=" + this.redis.url(),
			"bramka.limit-buckets.longest-wait=100ms");

	private Phone phone;

	@BeforeEach
	void signIn() {
		this.phone = signedIn("anna");
		this.gateway.mocks().reset();
	}

	/** With the waits of application.yml Redis may be too slow for a sign-in. */
	private Phone signedIn(String persona) {
		return soon().until(() -> this.gateway.signedIn(persona), (signedIn) -> true);
	}

	@AfterEach
	void stop() {
		this.gateway.close();
		this.redis.close();
	}

	private static ConditionFactory soon() {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(100))
			.ignoreExceptions();
	}

	private double alone() {
		return this.gateway.bean(MeterRegistry.class).get(Names.LIMITS_ALONE).tag("policy", "own").counter().count();
	}

	/** The middle one of nine times. */
	private static Duration typical(Attempt attempt) throws IOException {
		long[] nanos = new long[9];
		for (int i = 0; i < nanos.length; i++) {
			long start = System.nanoTime();
			attempt.make();
			nanos[i] = System.nanoTime() - start;
		}
		Arrays.sort(nanos);
		return Duration.ofNanos(nanos[nanos.length / 2]);
	}

	@FunctionalInterface
	private interface Attempt {

		void make() throws IOException;

	}

	private void read() throws IOException {
		assertThat(this.phone.get("/v1/contracts").statusCode()).isEqualTo(200);
	}

	private void refusedSignIn() throws IOException {
		HttpResponse<String> answer = this.gateway.phone().signIn("anna@example.com", "Haslo-123!");
		Problems.assertProblem(answer, 503, "store-unavailable");
		assertThat(answer.headers().firstValue("Retry-After")).contains("5");
	}

	private void troubled(Duration before) throws IOException {
		Duration limit = before.plusMillis(250);
		assertThat(typical(this::read)).isLessThan(limit);
		assertThat(typical(this::refusedSignIn)).isLessThan(limit);
		assertThat(this.gateway.mocks().received(UpstreamName.IDENTITY, ".*")).isEmpty();
		assertThat(alone()).isPositive();
		// This node goes on counting by itself.
		soon().until(() -> this.phone.get("/v1/contracts").statusCode() == 429);
	}

	/** Each attempt that Redis is too slow for may take one of its e-mail's tries. */
	private void mended() {
		List<String> personas = List.of("anna", "olga", "tomek");
		AtomicInteger turn = new AtomicInteger();
		soon().until(() -> {
			String email = personas.get(turn.getAndIncrement() % personas.size()) + "@example.com";
			return this.gateway.phone().signIn(email, "Haslo-123!").statusCode() == 201;
		});
	}

	/**
	 * Two reads of somebody who has not read since Redis is back.
	 * @return whether Redis counted them: it may be too slow for a moment
	 */
	private boolean countsTogether(Phone reader) throws IOException {
		double counted = alone();
		List<HttpResponse<String>> answers = List.of(reader.get("/v1/contracts"), reader.get("/v1/contracts"));
		if (alone() != counted) {
			return false;
		}
		assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
		assertThat(answers.getLast().headers().firstValue("RateLimit").orElseThrow()).contains("\"own-day\";r=38");
		return true;
	}

	/** What six wrong passwords are answered. */
	private List<String> guesses(String persona) throws IOException {
		List<String> codes = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			codes.add(Json.code(this.gateway.phone().signIn(persona + "@example.com", "wrong")));
		}
		return codes;
	}

	@Test
	void stopsSignInAndNothingElseWhileItIsDead() throws IOException {
		Duration before = typical(this::read);
		this.redis.kill();
		troubled(before);
		this.redis.startAgain();
		mended();
		assertThat(countsTogether(this.phone) || countsTogether(signedIn("jan")) || countsTogether(signedIn("maria")))
			.as("Redis counts again")
			.isTrue();
	}

	@Test
	void keepsNobodyWaitingWhileItHangs() throws IOException {
		Duration before = typical(this::read);
		this.redis.pause();
		troubled(before);
		this.redis.resume();
		mended();
		List<String> codes = guesses("jan");
		for (String other : List.of("maria", "piotr")) {
			// Redis may be too slow for a moment: one good round proves it.
			if (codes.contains("store-unavailable")) {
				codes = guesses(other);
			}
		}
		assertThat(codes).containsExactly("invalid-credentials", "invalid-credentials", "invalid-credentials",
				"invalid-credentials", "invalid-credentials", "too-many-requests");
	}

}
