package pl.bramka.gateway.upstream;

import java.net.URI;
import java.time.Duration;

/**
 * A real pipe to a pretended operator, for the tests of its feature. Tries are shorter
 * than what is slow, and nothing but what a test asks for keeps a call back.
 */
public final class OperatorPipe implements AutoCloseable {

	private final PipeFixture.Open pipe;

	private OperatorPipe(PipeFixture.Open pipe) {
		this.pipe = pipe;
	}

	/** With room for every call. */
	public static OperatorPipe to(URI operator) {
		return new OperatorPipe(fixture().to(operator));
	}

	/** With a second try for reads. */
	public static OperatorPipe tryingReadsTwice(URI operator) {
		return new OperatorPipe(fixture().secondTries(1, 100).to(operator));
	}

	/** With room for that many calls, over that many connections, which they keep. */
	public static OperatorPipe narrow(URI operator, int calls, int connections) {
		return new OperatorPipe(PipeFixture.aPipe()
			.acquireTimeout(Duration.ofMillis(300))
			.concurrency(calls)
			.connections(connections)
			.to(operator));
	}

	/** With a breaker that one failure opens. */
	public static OperatorPipe fragile(URI operator) {
		return new OperatorPipe(fixture().breaker(1, 1, Duration.ofMinutes(1), 1, Duration.ofMinutes(1)).to(operator));
	}

	private static PipeFixture fixture() {
		return PipeFixture.aPipe().tryLimit(Duration.ofMillis(2500));
	}

	/** Its door is the only one that leads anywhere. */
	public Upstreams upstreams() {
		return this.pipe.upstreams();
	}

	/** How many calls ended so. */
	public long outcomes(String outcome) {
		return this.pipe.outcomes(outcome);
	}

	@Override
	public void close() {
		this.pipe.close();
	}

}
