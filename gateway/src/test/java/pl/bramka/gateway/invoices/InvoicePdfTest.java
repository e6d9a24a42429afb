package pl.bramka.gateway.invoices;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Json;
import pl.bramka.gateway.Problems;
import pl.bramka.gateway.TestGateway;
import pl.bramka.gateway.observability.Names;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The PDF of a document, on its way from billing to the phone.
 */
class InvoicePdfTest {

	private static final String ID = "000400042151";

	private static final String PATH = "/v1/invoices/" + ID + "/pdf";

	private static PretendedFiles files;

	private static TestGateway gateway;

	/** Signed in once: a connection that was broken off takes a sign-in with it. */
	private static Phone phone;

	@BeforeAll
	static void start() {
		files = new PretendedFiles();
		gateway = TestGateway.start(
				"bramka.upstreams.billing.base-url=" + files.uri() + "/sap/opu/odata/sap/ERP_UTILITIES_UMC",
				"bramka.invoices.pdf.stall=3s", "bramka.invoices.pdf.longest=10s", "bramka.invoices.pdf.largest=24MB",
				"bramka.invoices.pdf.at-once=3", "bramka.invoices.cache.fresh=10m",
				// Two silent tries would last as long as a request may.
				"bramka.upstreams.billing.retry.share=0", "bramka.upstreams.billing.retry.floor=0",
				"bramka.upstreams.billing.breaker.window=1000", "bramka.upstreams.billing.breaker.minimum=1000");
		files.relayTo(gateway.mocks().billing());
		phone = gateway.signedIn("anna");
	}

	@AfterAll
	static void stop() {
		gateway.close();
		files.close();
	}

	@BeforeEach
	void begin() throws IOException {
		gateway.mocks().reset();
		// Ownership is in memory from here on.
		assertThat(phone.get("/v1/invoices/" + ID).statusCode()).isEqualTo(200);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> underWay() == 0);
	}

	private static double underWay() {
		return gateway.bean(MeterRegistry.class)
			.get(Names.UPSTREAM_UNDER_WAY)
			.tag("upstream", "billing")
			.gauge()
			.value();
	}

	private static long outcomes(String outcome) {
		return gateway.bean(MeterRegistry.class)
			.find(Names.UPSTREAM_CALLS)
			.tag("call", "invoice-pdf")
			.tag("outcome", outcome)
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	/** A call is counted a moment after its caller hears how it ended. */
	private static void awaitOutcomes(String outcome, long least) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> outcomes(outcome) >= least);
	}

	private static byte[] file(int bytes) {
		byte[] file = new byte[bytes];
		new Random(bytes).nextBytes(file);
		System.arraycopy(PretendedFiles.BEGINNING, 0, file, 0, PretendedFiles.BEGINNING.length);
		return file;
	}

	private HttpResponse<byte[]> pdf() throws IOException {
		return phone.invoicePdf(ID);
	}

	private HttpResponse<InputStream> open(Phone caller) throws IOException {
		return caller.send("GET", PATH, null, BodyHandlers.ofInputStream());
	}

	private void assertRefused(int status, String code) throws IOException {
		Problems.assertProblem(phone.get(PATH), status, code);
	}

	@Test
	void isHandedOnAsItIs() throws IOException {
		for (int size : List.of(10, 5_000, 20_000_000)) {
			byte[] file = file(size);
			files.play(PretendedFiles.of(file));
			HttpResponse<byte[]> answer = pdf();
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.body()).isEqualTo(file);
		}
	}

	@Test
	void hasHeadersOfOurOwnAndNoneOfBillings() throws IOException {
		files.play(PretendedFiles.of(file(5_000)));
		HttpResponse<byte[]> answer = pdf();
		assertThat(answer.headers().map().keySet()).containsExactlyInAnyOrder("content-type", "content-length",
				"content-disposition", "cache-control", "x-content-type-options", "content-security-policy",
				"referrer-policy", "strict-transport-security", "request-id", "ratelimit", "ratelimit-policy");
		assertThat(answer.headers().firstValue("Content-Type")).contains("application/pdf");
		assertThat(answer.headers().firstValue("Content-Length")).contains("5000");
		assertThat(answer.headers().firstValue("Content-Disposition")).contains("inline; filename=\"" + ID + ".pdf\"");
		assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
		assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		assertThat(files.asked()).containsExactly(
				"GET /sap/opu/odata/sap/ERP_UTILITIES_UMC/InvoicePDFs('" + ID + "')/$value?sap-language=PL");
	}

	@Test
	void comesWithoutALengthAndInSmallPieces() throws IOException {
		byte[] file = file(3_000);
		files.play((exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/pdf");
			exchange.sendResponseHeaders(200, 0);
			for (int i = 0; i < file.length; i += 2) {
				exchange.getResponseBody().write(file, i, 2);
				exchange.getResponseBody().flush();
			}
		});
		HttpResponse<byte[]> answer = pdf();
		assertThat(answer.body()).isEqualTo(file);
		assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "000400043151", "000400045251", "0999999999", "x", "..", "%20", "'", "a%27b",
			"000400042151%00", "0123456789012345678901234567890123456789012345678901234567890123456789" })
	void isNotAskedForUnlessItIsTheCustomers(String id) throws IOException {
		files.play(PretendedFiles.of(file(100)));
		HttpResponse<String> answer = phone.get("/v1/invoices/" + id + "/pdf");
		assertThat(answer.statusCode()).isIn(400, 404);
		Problems.assertProblem(answer, answer.statusCode(), Json.code(answer));
		assertThat(files.asked()).isEmpty();
	}

	@Test
	void isReadOnly() throws IOException {
		files.play(PretendedFiles.of(file(100)));
		assertThat(phone.send("HEAD", PATH, null).statusCode()).isEqualTo(405);
		Problems.assertProblem(phone.send("POST", PATH, null), 405, "method-not-allowed");
		assertThat(files.asked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "text/html", "application/pdf", "application/json", "application/octet-stream", "nonsense" })
	void isNeverAPageForPeople(String type) throws IOException {
		files.play(PretendedFiles.page(200, type, "<html><title>Logon</title></html>"));
		HttpResponse<String> answer = phone.get(PATH);
		Problems.assertProblem(answer, 503, "billing-unavailable");
		assertThat(answer.body()).doesNotContain("Logon");
		assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
	}

	@Test
	void isNoFileIfItIsEmptyOrPacked() throws IOException {
		files.play(PretendedFiles.page(200, "application/pdf", "%PDF"));
		assertRefused(503, "billing-unavailable");
		files.play((exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/pdf");
			exchange.sendResponseHeaders(200, -1);
		});
		assertRefused(503, "billing-unavailable");
		files.play((exchange) -> {
			exchange.getResponseHeaders().set("Content-Encoding", "gzip");
			PretendedFiles.of(file(100)).play(exchange);
		});
		assertRefused(503, "billing-unavailable");
	}

	@Test
	void isNotFoundIfBillingHasNone() throws IOException {
		String none = "{\"error\":{\"code\":\"/IWBEP/CM_MGW_RT/020\",\"message\":{\"lang\":\"pl\",\"value\":\"Brak\"}}}";
		files.play(PretendedFiles.page(404, "application/json", none));
		assertRefused(404, "invoice-not-found");
		files.play(PretendedFiles.page(404, "text/html", "<html></html>"));
		assertRefused(503, "billing-unavailable");
		files.play(PretendedFiles.page(400, "application/json", none));
		assertRefused(502, "billing-refused");
		files.play(PretendedFiles.page(206, "application/pdf", "%PDF-1.7 half"));
		assertRefused(503, "billing-unavailable");
	}

	@Test
	void isRefusedIfItIsTooLarge() throws IOException {
		files.play((exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/pdf");
			exchange.sendResponseHeaders(200, 24L * 1024 * 1024 + 1);
			exchange.getResponseBody().write(PretendedFiles.BEGINNING);
			exchange.getResponseBody().flush();
			TimeUnit.SECONDS.sleep(1);
		});
		assertRefused(503, "billing-unavailable");
		files.play((exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/pdf");
			exchange.sendResponseHeaders(200, 0);
			exchange.getResponseBody().write(file(24 * 1024 * 1024 + 1));
		});
		assertThatIOException().isThrownBy(this::pdf);
	}

	@Test
	void breaksOffIfBillingDoes() {
		files.play((exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/pdf");
			exchange.sendResponseHeaders(200, 50_000);
			exchange.getResponseBody().write(file(20_000));
			exchange.getResponseBody().flush();
			TimeUnit.MILLISECONDS.sleep(100);
		});
		assertThatIOException().isThrownBy(this::pdf);
		awaitOutcomes("broken_off", 1);
	}

	@Test
	void isCutOffIfBillingFallsSilentOrDrips() {
		long start = System.nanoTime();
		files.play((exchange) -> {
			begin(exchange);
			TimeUnit.SECONDS.sleep(20);
		});
		assertThatIOException().isThrownBy(this::pdf);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(2900),
				Duration.ofSeconds(8));
		long drip = System.nanoTime();
		files.play((exchange) -> {
			begin(exchange);
			for (int i = 0; i < 100; i++) {
				exchange.getResponseBody().write('x');
				exchange.getResponseBody().flush();
				TimeUnit.MILLISECONDS.sleep(200);
			}
		});
		assertThatIOException().isThrownBy(this::pdf);
		assertThat(Duration.ofNanos(System.nanoTime() - drip)).isBetween(Duration.ofMillis(9800),
				Duration.ofSeconds(15));
		awaitOutcomes("timeout", 2);
	}

	private static void begin(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "application/pdf");
		exchange.sendResponseHeaders(200, 1_000_000);
		exchange.getResponseBody().write(PretendedFiles.BEGINNING);
		exchange.getResponseBody().flush();
	}

	/** Until the first bytes the request's own deadline holds. */
	@Test
	void isRefusedIfItDoesNotBegin() throws IOException {
		files.play((exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/pdf");
			exchange.sendResponseHeaders(200, 1_000_000);
			exchange.getResponseBody().write("%PD".getBytes(StandardCharsets.US_ASCII));
			exchange.getResponseBody().flush();
			TimeUnit.SECONDS.sleep(20);
		});
		long start = System.nanoTime();
		HttpResponse<String> answer = phone.get(PATH);
		Problems.assertProblem(answer, 503, "billing-unavailable");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
	}

	@Test
	void isNotAskedForAnyMoreWhenThePhoneLeaves() throws Exception {
		CompletableFuture<Long> ended = new CompletableFuture<>();
		files.play((exchange) -> {
			begin(exchange);
			try {
				while (true) {
					exchange.getResponseBody().write(new byte[500]);
					exchange.getResponseBody().flush();
					TimeUnit.MILLISECONDS.sleep(5);
				}
			}
			catch (IOException ex) {
				ended.complete(System.nanoTime());
			}
		});
		HttpResponse<InputStream> answer = open(phone);
		assertThat(answer.body().readNBytes(9)).isEqualTo(PretendedFiles.BEGINNING);
		long left = System.nanoTime();
		answer.body().close();
		long after = ended.get(20, TimeUnit.SECONDS) - left;
		assertThat(Duration.ofNanos(after)).isLessThan(Duration.ofMillis(500));
		Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> underWay() == 0);
	}

	/** A reader that reads nothing: what billing may send stays bounded. */
	@Test
	void isNotGatheredForAPhoneThatDoesNotTakeIt() throws Exception {
		AtomicLong sent = new AtomicLong();
		byte[] piece = new byte[8192];
		int size = 20_000_000;
		files.play((exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/pdf");
			exchange.sendResponseHeaders(200, size);
			exchange.getResponseBody().write(PretendedFiles.BEGINNING);
			for (int left = size - PretendedFiles.BEGINNING.length; left > 0; left -= piece.length) {
				exchange.getResponseBody().write(piece, 0, Math.min(left, piece.length));
				sent.addAndGet(piece.length);
			}
		});
		HttpResponse<InputStream> answer = open(phone);
		long[] last = { -1 };
		Awaitility.await()
			.pollInterval(Duration.ofMillis(300))
			.atMost(Duration.ofSeconds(10))
			.until(() -> last[0] == (last[0] = sent.get()));
		// The gateway's megabyte, and what four sockets hold.
		assertThat(sent.get()).isLessThan(14_000_000);
		answer.body().close();
	}

	@Test
	void leavesPlacesToEverythingElse() throws Exception {
		AtomicBoolean go = new AtomicBoolean();
		files.play((exchange) -> {
			begin(exchange);
			// Never silent, and not done before all of them are under way.
			while (!go.get()) {
				exchange.getResponseBody().write('x');
				exchange.getResponseBody().flush();
				TimeUnit.MILLISECONDS.sleep(100);
			}
		});
		try {
			List<HttpResponse<InputStream>> open = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				open.add(open(phone));
			}
			assertRefused(503, "billing-unavailable");
			assertThat(phone.get("/v1/invoices", "Cache-Control", "no-cache").statusCode()).isEqualTo(200);
			for (HttpResponse<InputStream> each : open) {
				each.body().close();
			}
		}
		finally {
			go.set(true);
		}
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> underWay() == 0);
		files.play(PretendedFiles.of(file(100)));
		assertThat(pdf().statusCode()).isEqualTo(200);
	}

}
