package pl.bramka.gateway.live;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Looks at the live files as long as the gateway runs, on a thread of its own.
 */
@Component
final class SettingsWatch implements SmartInitializingSingleton, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(SettingsWatch.class);

	/**
	 * An edit holds after two or three of them: two seconds are promised, and a busy
	 * machine takes its share.
	 */
	private static final Duration PAUSE = Duration.ofMillis(200);

	private final LiveSettings settings;

	private final Clock clock;

	private final MeterRegistry meters;

	private final ScheduledExecutorService thread = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("settings-watch").daemon(true).factory());

	private volatile List<WatchedFile> files = List.of();

	private @Nullable Future<?> looks;

	SettingsWatch(LiveSettings settings, Clock clock, MeterRegistry meters) {
		this.settings = settings;
		this.clock = clock;
		this.meters = meters;
	}

	/**
	 * By now everybody has asked for settings, so that it is known what a file may say.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<LiveSource> atStart = this.settings.files();
		atStart.forEach(this.settings::check);
		this.files = atStart.stream()
			.map((file) -> new WatchedFile(file, this.settings, this.clock, this.meters))
			.toList();
		this.looks = this.thread.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	List<WatchedFile> files() {
		return this.files;
	}

	/**
	 * A thread that died would leave every later edit without effect and without a word.
	 */
	private void look() {
		for (WatchedFile file : this.files) {
			try {
				file.look();
			}
			catch (Throwable ex) {
				log.error("{} could not be looked at", file.file().path(), ex);
			}
		}
	}

	@Override
	public void destroy() {
		if (this.looks != null) {
			this.looks.cancel(false);
		}
		this.thread.shutdownNow();
	}

}
