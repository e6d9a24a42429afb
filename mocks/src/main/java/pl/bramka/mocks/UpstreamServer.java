package pl.bramka.mocks;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.HttpServerFactory;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import pl.bramka.mocks.faults.Faults;

/**
 * One pretended upstream on its port, with its request journal.
 */
final class UpstreamServer implements AutoCloseable {

	/** How much of an answer the journal keeps: 16 KiB. A list of ten years is larger. */
	private static final int LOGGED_BODY = 16 * 1024;

	/**
	 * How long the server keeps an exchange open that nobody answers: longer than any
	 * fault.
	 */
	private static final int PATIENCE_MILLIS = 3_600_000;

	/** An answer that is taken slowly keeps its thread: more than are taken at once. */
	private static final int ANSWERS = 128;

	private final WireMockServer server;

	private final ClosablePort port;

	private final URI uri;

	private final Answers answers;

	/**
	 * Starts one.
	 * @param name which one
	 * @param port where it listens
	 * @param faults what goes wrong
	 * @param journal how many requests it remembers; older ones are forgotten, and all
	 * are counted at each request
	 */
	UpstreamServer(UpstreamName name, int port, Faults faults, int journal) {
		AtomicReference<ClosablePort> built = new AtomicReference<>();
		HttpServerFactory factory = (options, admin, stubs) -> {
			built.set(new ClosablePort(options, admin, stubs));
			return built.get();
		};
		this.answers = new Answers(name, faults);
		this.server = new WireMockServer(WireMockConfiguration.options()
			.bindAddress("127.0.0.1")
			.port(port)
			.httpServerFactory(factory)
			.maxRequestJournalEntries(journal)
			.maxLoggedResponseSize(LOGGED_BODY)
			.asynchronousResponseEnabled(true)
			.asynchronousResponseThreads(ANSWERS)
			.timeout(PATIENCE_MILLIS)
			.jettyIdleTimeout((long) PATIENCE_MILLIS)
			.jettyAcceptors(2)
			.jettyAcceptQueueSize(1024)
			.containerThreads(64)
			.gzipDisabled(true)
			.useChunkedTransferEncoding(ChunkedEncodingPolicy.BODY_FILE)
			.extensions(this.answers));
		this.server.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok()));
		this.server.start();
		this.port = built.get();
		this.uri = URI.create("http://localhost:" + this.server.port());
	}

	<U extends PretendedUpstream> U speakAs(U upstream) {
		this.answers.speakAs(upstream);
		return upstream;
	}

	URI uri() {
		return this.uri;
	}

	void open(boolean open) {
		if (open) {
			this.port.accept();
		}
		else {
			this.port.refuse();
		}
	}

	List<LoggedRequest> journal() {
		// Newest first as they are, also those of the same millisecond.
		return this.server.getAllServeEvents()
			.reversed()
			.stream()
			.map(ServeEvent::getRequest)
			.sorted(Comparator.comparing(LoggedRequest::getLoggedDate))
			.toList();
	}

	void reset() {
		this.server.resetRequests();
		this.answers.reset();
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
