package pl.bramka.mocks.operator;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import pl.bramka.mocks.Caller;
import pl.bramka.mocks.Mocks;

import static org.assertj.core.api.Assertions.assertThat;

class PaywallPageTest {

	private static final Mocks MOCKS = Mocks.startOnFreePorts();

	/** Measures in the browser, and leaves what it found in the page. */
	private static final String PROBE = """
			<script>addEventListener('load', () => {
			const wide = document.documentElement.scrollWidth > innerWidth;
			const small = [...document.querySelectorAll('button')].filter((b) => b.offsetHeight < 44).length;
			document.body.dataset.probe = 'wide=' + wide + ' small=' + small + ' width=' + innerWidth;
			});</script>
			""";

	private final Caller caller = new Caller();

	@BeforeEach
	void nothingStarted() {
		MOCKS.reset();
	}

	@AfterAll
	static void close() {
		MOCKS.close();
	}

	@Test
	void showsWhatIsToBePaidAndForWhichOrder() throws IOException {
		assertThat(open(Paywall.start(MOCKS, "PAY-1", "F/1")))
			.contains("101,50 zł", "PAY-1", "value=\"pay\"", "value=\"fail\"", "value=\"later\"")
			.doesNotContain("{amount}", "{order}");
		assertThat(open(Paywall.startFor(Payment.MERCHANT_BORNE, MOCKS, "PAY-2", "F/2"))).contains("100,00 zł",
				"PAY-2");
	}

	@Test
	void letsAPersonRefuseAndComeBack() throws IOException {
		assertComesBack(press(Paywall.start(MOCKS, "PAY-1"), "fail"));
		assertThat(status()).isEqualTo(Attempt.Status.FAILURE);
	}

	@Test
	void letsAPersonPayLater() throws IOException {
		URI page = Paywall.start(MOCKS, "PAY-1");
		assertComesBack(press(page, "later"));
		assertThat(status()).isEqualTo(Attempt.Status.PENDING);
		assertComesBack(press(page, "pay"));
		assertThat(status()).isEqualTo(Attempt.Status.SUCCESS);
		assertThat(MOCKS.paymentOperator().payments().getFirst().attempts()).hasSize(1);
	}

	@Test
	void keepsTheNumbersOfTheInvoicesThatArePaid() throws IOException {
		Paywall.start(MOCKS, "PAY-1", "F/1", "F/2");
		assertThat(MOCKS.paymentOperator().payments().getFirst().documents()).containsExactly("F/1", "F/2");
	}

	/**
	 * Where Chromium is installed; elsewhere there is no such test, and none is skipped.
	 */
	@TestFactory
	Stream<DynamicTest> fitsTheScreenOfAPhone(@TempDir Path folder) {
		Path chromium = Path.of("/usr/bin/chromium");
		return Stream.of(chromium)
			.filter(Files::isExecutable)
			.map((browser) -> DynamicTest.dynamicTest("in a browser", () -> {
				String page = draw(browser, folder);
				assertThat(page).contains("101,50 zł", "Zapłać", "Odrzuć", "Zapłacę później");
				assertThat(page).contains("wide=false small=0");
			}));
	}

	private String draw(Path browser, Path folder) throws Exception {
		Path local = folder.resolve("paywall.html");
		String shown = open(Paywall.start(MOCKS, "P".repeat(32)));
		Files.writeString(local, shown.replace("</body>", PROBE + "</body>"));
		File dom = folder.resolve("dom").toFile();
		Process process = new ProcessBuilder(browser.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
				"--window-size=360,640", "--user-data-dir=" + folder.resolve("profile"), "--virtual-time-budget=5000",
				"--dump-dom", local.toUri().toString())
			.redirectOutput(dom)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		return Files.readString(dom.toPath(), StandardCharsets.UTF_8);
	}

	private String open(URI page) throws IOException {
		return this.caller.get(MOCKS.operator(), page.getPath()).body();
	}

	private HttpResponse<String> press(URI page, String button) throws IOException {
		return this.caller.postForm(MOCKS.operator(), page.getPath(), Map.of("outcome", button));
	}

	private static void assertComesBack(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(303);
		assertThat(answer.headers().firstValue("Location").orElseThrow())
			.startsWith(Paywall.RETURN + "?ServiceID=900001&OrderID=PAY-1&Hash=");
	}

	private static Attempt.Status status() {
		return MOCKS.paymentOperator().payments().getFirst().attempts().getLast().status();
	}

}
