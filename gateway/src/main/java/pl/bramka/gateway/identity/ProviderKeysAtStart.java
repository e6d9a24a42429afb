package pl.bramka.gateway.identity;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Before a node says it is ready it asks for the identity provider's keys, so that the
 * first customer does not wait for them. A provider that is down does not hold up the
 * start: sessions that are open need nothing of it.
 */
@Component
final class ProviderKeysAtStart implements ApplicationRunner {

	private static final Logger log = LoggerFactory.getLogger(ProviderKeysAtStart.class);

	private static final Duration LONGEST = Duration.ofSeconds(5);

	private final ProviderKeys keys;

	ProviderKeysAtStart(ProviderKeys keys) {
		this.keys = keys;
	}

	@Override
	public void run(ApplicationArguments arguments) throws InterruptedException {
		try {
			this.keys.load().toFuture().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
		}
		catch (ExecutionException | TimeoutException ex) {
			log.warn("the identity provider's keys are not known yet: {}", ex.getClass().getSimpleName());
		}
	}

}
