package pl.bramka.gateway.connections;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import pl.bramka.gateway.Call;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.observability.Names;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers that hold on to connections and give nothing for it, hundreds of each kind at
 * once, beside one that behaves. How many: {@code -Dbramka.test.slow-connections=500}.
 */
class SlowCallersTest {

	private static final int EACH = Integer.getInteger("bramka.test.slow-connections", 200);

	private static final Duration CUT_WITHIN = Duration.ofSeconds(10);

	/** More than the system takes off the gateway's hands for one connection. */
	private static final byte[] LONG_ANSWER = new byte[400_000];

	private static final String POST = "POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\n";

	private static void add(GenericApplicationContext context) {
		context.registerBean(RouterFunction.class,
				() -> RouterFunctions.route()
					.GET("/v1/test-only/long", (request) -> ServerResponse.ok().bodyValue(LONG_ANSWER))
					.build());
	}

	@Test
	void areCutWhileOthersAreAnsweredAsBefore() throws Exception {
		try (TestGateway gateway = TestGateway.startWith(SlowCallersTest::add);
				GoodCaller good = new GoodCaller(gateway);
				Stalls stalls = new Stalls();
				ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();
				ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> good.answered() > 100);
			long alone = good.p99();
			Queue<SlowCaller> slow = new ConcurrentLinkedQueue<>();
			List<Future<Map.Entry<String, Duration>>> ends = new ArrayList<>();
			for (Map.Entry<String, String> kind : kinds(gateway).entrySet()) {
				for (int i = 0; i < EACH; i++) {
					ends.add(callers.submit(() -> {
						try (SlowCaller caller = SlowCaller.begin(gateway.url(), kind)) {
							slow.add(caller);
							return Map.entry(kind.getKey(), caller.end());
						}
					}));
				}
			}
			Future<?> dripping = drips.scheduleAtFixedRate(() -> slow.forEach(SlowCaller::drip), 500, 1000,
					TimeUnit.MILLISECONDS);
			for (Future<Map.Entry<String, Duration>> end : ends) {
				Map.Entry<String, Duration> cut = end.get(60, TimeUnit.SECONDS);
				assertThat(cut.getValue()).as(cut.getKey()).isLessThan(CUT_WITHIN.plus(stalls.longest()));
			}
			dripping.cancel(true);
			assertThat(good.statuses()).containsOnly(200);
			assertThat(good.answered()).isGreaterThan(50);
			// Generous: the machine may be busy with other things.
			System.out.printf("p99 of others: %d ms before, %d ms beside %d slow connections%n", alone, good.p99(),
					ends.size());
			assertThat(good.p99()).isLessThan(Math.max(1000, 5 * alone));
			MeterRegistry meters = gateway.bean(MeterRegistry.class);
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(
						meters.get(Names.CONNECTIONS_CUT).tag("reason", "slow-reader").counter().count())
					.isEqualTo(EACH));
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(meters.get(Names.CONNECTIONS).gauge().value()).isLessThan(20));
		}
	}

	/** What each kind sends at once; from then on a byte a second, if it drips. */
	private static Map<String, String> kinds(TestGateway gateway) {
		Map<String, String> kinds = new TreeMap<>();
		kinds.put("silent", "");
		kinds.put("silent after an empty line", "\r\n");
		kinds.put("drips its head", "GET /v1/problems HTTP/1.1\r\nA: ");
		kinds.put("drips its body", POST + "Content-Length: 60000\r\n\r\n{");
		kinds.put("drips its chunks", POST + "Transfer-Encoding: chunked\r\n\r\nffff\r\n");
		Phone phone = gateway.signedIn("anna");
		String token = phone.tokens().orElseThrow().accessToken();
		// A proof counts once: each caller makes its own.
		kinds.put("takes its answer a byte at a time",
				"GET /v1/test-only/long HTTP/1.1\r\nHost: localhost\r\nApp-Platform: android"
						+ "\r\nApp-Version: 3.4.1\r\nApp-OS-Version: 14\r\nAuthorization: DPoP " + token + "\r\n");
		SlowCaller.signer = () -> "DPoP: "
				+ phone.key().proof("GET", URI.create(TestGateway.PUBLIC_URL + "/v1/test-only/long"), token)
				+ "\r\n\r\n";
		return kinds;
	}

	/**
	 * One connection that is kept as long as the server lets it.
	 */
	private static final class SlowCaller implements AutoCloseable {

		static Supplier<String> signer = () -> "";

		private final String kind;

		private final Socket socket = new Socket();

		private final long start;

		SlowCaller(URI gateway, Map.Entry<String, String> kind) throws IOException {
			this.kind = kind.getKey();
			this.socket.setReceiveBufferSize(4096);
			this.socket.connect(new InetSocketAddress("localhost", gateway.getPort()), 10_000);
			this.start = System.nanoTime();
			this.socket.getOutputStream()
				.write((kind.getValue() + (reads() ? signer.get() : "")).getBytes(StandardCharsets.US_ASCII));
		}

		/** A reader that is let go, since hundreds come at once, asks again. */
		static SlowCaller begin(URI gateway, Map.Entry<String, String> kind) throws IOException, InterruptedException {
			SlowCaller caller = new SlowCaller(gateway, kind);
			for (int i = 0; i < 20 && caller.isLetGo(); i++) {
				caller.close();
				TimeUnit.SECONDS.sleep(1);
				caller = new SlowCaller(gateway, kind);
			}
			return caller;
		}

		private boolean isLetGo() throws IOException {
			if (!reads()) {
				return false;
			}
			this.socket.setSoTimeout(30_000);
			byte[] head = this.socket.getInputStream().readNBytes("HTTP/1.1 503".length());
			return new String(head, StandardCharsets.US_ASCII).endsWith("503");
		}

		private boolean reads() {
			return this.kind.startsWith("takes");
		}

		void drip() {
			try {
				if (this.kind.startsWith("drips")) {
					this.socket.getOutputStream().write('x');
				}
				else if (reads() && this.socket.getInputStream().available() > 0) {
					this.socket.getInputStream().read();
				}
			}
			catch (IOException ex) {
				// Cut: the other side of this caller notices.
			}
		}

		/** How long it was kept. */
		Duration end() throws IOException {
			this.socket.setSoTimeout(30_000);
			try {
				if (reads()) {
					Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::isReset);
				}
				else {
					InputStream in = this.socket.getInputStream();
					in.transferTo(OutputStream.nullOutputStream());
				}
			}
			catch (SocketException ex) {
				// Reset.
			}
			return Duration.ofNanos(System.nanoTime() - this.start);
		}

		/** Without taking anything of the answer. */
		private boolean isReset() {
			try {
				this.socket.getOutputStream().write(' ');
				return false;
			}
			catch (IOException ex) {
				return true;
			}
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	/**
	 * Notes for how long this process stands still.
	 */
	private static final class Stalls implements AutoCloseable {

		private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();

		private final AtomicLong longest = new AtomicLong();

		private final AtomicLong last = new AtomicLong(System.nanoTime());

		private final Future<?> ticking = this.ticker.scheduleWithFixedDelay(this::tick, 50, 50, TimeUnit.MILLISECONDS);

		private void tick() {
			long now = System.nanoTime();
			this.longest.accumulateAndGet(now - this.last.getAndSet(now), Math::max);
		}

		Duration longest() {
			return Duration.ofNanos(this.longest.get());
		}

		@Override
		public void close() {
			this.ticking.cancel(true);
			this.ticker.shutdownNow();
		}

	}

	/**
	 * Asks twenty times a second, and keeps what it was answered. What it asks is no call
	 * that can wait: those are let go first, and hundreds who come at once are a reason.
	 */
	private static final class GoodCaller implements AutoCloseable {

		private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

		private final Future<?> asking;

		private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

		private final Queue<Long> times = new ConcurrentLinkedQueue<>();

		GoodCaller(TestGateway gateway) {
			this.asking = this.pace.scheduleAtFixedRate(() -> ask(gateway), 0, 50, TimeUnit.MILLISECONDS);
		}

		private void ask(TestGateway gateway) {
			long start = System.nanoTime();
			try {
				this.statuses.add(Call.get(gateway.url(), "/.well-known/jwks.json").send().statusCode());
			}
			catch (IOException ex) {
				this.statuses.add(0);
			}
			this.times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
		}

		int answered() {
			return this.statuses.size();
		}

		List<Integer> statuses() {
			return List.copyOf(this.statuses);
		}

		/** Of those since the last look. */
		long p99() {
			List<Long> sorted = this.times.stream().sorted().toList();
			this.times.clear();
			return sorted.isEmpty() ? 0 : sorted.get((int) (0.99 * (sorted.size() - 1)));
		}

		@Override
		public void close() {
			this.asking.cancel(true);
			this.pace.shutdownNow();
		}

	}

}
