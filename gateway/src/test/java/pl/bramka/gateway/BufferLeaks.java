package pl.bramka.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a network buffer was found that nobody gave back. Netty
 * notices a leak when it takes another buffer after the lost one was collected, so both
 * are made to happen. Registered for every class in META-INF/services.
 */
public final class BufferLeaks implements AfterAllCallback {

	private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

	static {
		// Before the first buffer: every detector that Netty makes from now on tells us.
		ResourceLeakDetectorFactory
			.setResourceLeakDetectorFactory(new Listening(ResourceLeakDetectorFactory.instance()));
	}

	@Override
	public void afterAll(ExtensionContext context) {
		List<String> leaks = found(Duration.ofMillis(100));
		if (!leaks.isEmpty()) {
			throw new AssertionError("LEAK: " + String.join("\n", leaks));
		}
	}

	/**
	 * What was lost up to now; each leak is reported once.
	 * @param patience how long to look for it
	 */
	static List<String> found(Duration patience) {
		long end = System.nanoTime() + patience.toNanos();
		do {
			System.gc();
			for (int i = 0; i < 16; i++) {
				ByteBufAllocator.DEFAULT.buffer(16).release();
			}
		}
		while (REPORTS.isEmpty() && System.nanoTime() < end);
		List<String> leaks = List.copyOf(REPORTS);
		REPORTS.removeAll(leaks);
		return leaks;
	}

	private static final class Listening extends ResourceLeakDetectorFactory {

		private final ResourceLeakDetectorFactory usual;

		Listening(ResourceLeakDetectorFactory usual) {
			this.usual = usual;
		}

		@Override
		@SuppressWarnings("deprecation")
		public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
				long maxActive) {
			ResourceLeakDetector<T> detector = this.usual.newResourceLeakDetector(resource, samplingInterval,
					maxActive);
			detector.setLeakListener((type, records) -> REPORTS.add(type + " " + records));
			return detector;
		}

	}

}
