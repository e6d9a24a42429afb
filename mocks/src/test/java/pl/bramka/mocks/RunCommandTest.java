package pl.bramka.mocks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

import static org.assertj.core.api.Assertions.assertThat;

/** The command that starts all pretended upstreams. */
class RunCommandTest {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private CommandLine line() {
		return MocksApplication.commandLine().setOut(new PrintWriter(this.out)).setErr(new PrintWriter(this.err));
	}

	@ParameterizedTest
	@ValueSource(strings = { "191", "-1", "2000000000" })
	void startsNothingForMoreCustomersThanThereAreNumbersFor(String customers) {
		assertThat(CompletableFuture.supplyAsync(() -> line().execute("run", "--customers=" + customers)))
			.succeedsWithin(Duration.ofSeconds(10))
			.isEqualTo(ExitCode.USAGE);
		assertThat(this.err.toString()).startsWith("--customers must be from 0 to 190");
		assertThat(this.out.toString()).isEmpty();
	}

	@Test
	void saysWhatCannotBeANumberOfCustomers() {
		assertThat(line().execute("run", "--customers=many")).isEqualTo(ExitCode.USAGE);
		assertThat(this.err.toString()).startsWith("Invalid value for option '--customers'");
	}

	@Test
	void tellsWhoTheCustomersAreAndEndsTheirServersWithItself() throws Exception {
		try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
			Future<Integer> running = caller.submit(() -> line().execute("run", "--customers=190", "--billing-port=0",
					"--crm-port=0", "--operator-port=0", "--identity-port=0", "--control-port=0"));
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> this.out.toString().contains("mocks/phone"));
			assertThat(ports()).hasSize(5).allMatch(RunCommandTest::listens);
			caller.shutdownNow();
			assertThat(running.get()).as("it runs until it is ended").isEqualTo(ExitCode.SOFTWARE);
		}
		assertThat(ports()).noneMatch(RunCommandTest::listens);
		assertThat(this.out.toString()).contains("  nowy ", "  and 190 more: anna110 to anna299")
			.doesNotContain("jan111");
	}

	private Set<Integer> ports() {
		return Pattern.compile("http://localhost:(\\d+)")
			.matcher(this.out.toString())
			.results()
			.map((address) -> Integer.valueOf(address.group(1)))
			.collect(Collectors.toSet());
	}

	private static boolean listens(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("localhost", port), 5000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
