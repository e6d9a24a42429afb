package pl.bramka.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class in which a gateway failed in a way that nobody foresaw, and says
 * how: the answer alone tells a test no more than that it did. Listens to what writes
 * such answers (logback-test.xml), and is registered for every class in
 * META-INF/services.
 */
public final class Faults extends AppenderBase<ILoggingEvent> implements AfterAllCallback {

	private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();

	/** On a test class that makes gateways fail. */
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.TYPE)
	public @interface Meant {

	}

	@Override
	protected void append(ILoggingEvent event) {
		// Answers that are cut are told of too: tests cut many.
		if (event.getMessage().contains(" failed: ")) {
			SEEN.add(event.getFormattedMessage());
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		List<String> seen = found();
		if (!seen.isEmpty() && !context.getRequiredTestClass().isAnnotationPresent(Meant.class)) {
			throw new AssertionError("FAILED IN A WAY THAT NOBODY FORESAW:\n" + String.join("\n", seen));
		}
	}

	/** What failed up to now; each is told once. */
	static List<String> found() {
		List<String> seen = List.copyOf(SEEN);
		SEEN.removeAll(seen);
		return seen.stream().limit(10).toList();
	}

}
