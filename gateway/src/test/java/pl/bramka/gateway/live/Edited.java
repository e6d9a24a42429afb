package pl.bramka.gateway.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.observability.Names;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * Two live files in a folder of their own, and somebody who goes by them. A test says
 * when they are looked at.
 */
final class Edited implements AutoCloseable {

	static final String DEFAULTS = "application.yml";

	private final Path folder;

	private final StandardEnvironment environment = new StandardEnvironment();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final FailingClock clock = new FailingClock();

	private final LiveSettings settings;

	private final Live<Sample> sample;

	private final Live<Other> other;

	private final List<WatchedFile> files;

	Edited(String atStart, Map<String, Object> variables) {
		try {
			this.folder = Files.createTempDirectory("bramka").resolve("config");
			Files.createDirectory(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.environment.getPropertySources()
			.addLast(new MapPropertySource(DEFAULTS,
					Map.of("bramka.sample.pause", "5s", "bramka.sample.calls", 5, "bramka.sample.nested.text",
							"default", "bramka.sample.nested.mood", "calm", "bramka.other.calls", 7)));
		if (!atStart.isEmpty()) {
			write(atStart);
		}
		for (String name : List.of("first.yml", "second.yml")) {
			LiveFile file = new LiveFile(this.folder.resolve(name));
			this.environment.getPropertySources().addBefore(DEFAULTS, LiveSource.of(file, file.look()));
		}
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
		this.settings = new LiveSettings(this.environment, this.clock);
		this.sample = this.settings.of("bramka.sample", Sample.class);
		this.other = this.settings.of("bramka.other", Other.class);
		List<LiveSource> sources = this.settings.files();
		sources.forEach(this.settings::check);
		this.files = sources.stream()
			.map((source) -> new WatchedFile(source, this.settings, Clock.systemUTC(), this.meters))
			.toList();
	}

	/**
	 * Settings with every kind of value and of rule.
	 */
	record Sample(@NotNull Duration pause, @Min(1) @Max(100) int calls, @Nullable Duration longest,
			@NotNull Nested nested, @Nullable String adminPassword, @Nullable List<Step> steps) {

		Sample {
			if (calls == 13) {
				throw new IllegalArgumentException("thirteen calls bring bad luck");
			}
		}

		@AssertTrue(message = "must be longer than the pause")
		boolean isLongest() {
			return this.longest == null || this.pause == null || this.longest.compareTo(this.pause) > 0;
		}

	}

	record Nested(@NotNull String text, @NotNull Mood mood) {
	}

	record Step(@Min(0) int from, int to) {
	}

	record Other(@Min(1) int calls) {
	}

	enum Mood {

		CALM, BUSY

	}

	static Edited begin() {
		return new Edited("", Map.of());
	}

	static Edited beginWith(String content) {
		return new Edited(content, Map.of());
	}

	LiveSettings settings() {
		return this.settings;
	}

	Live<Sample> live() {
		return this.sample;
	}

	Sample sample() {
		return this.sample.value();
	}

	Other other() {
		return this.other.value();
	}

	Path folder() {
		return this.folder;
	}

	Path first() {
		return this.folder.resolve("first.yml");
	}

	Path second() {
		return this.folder.resolve("second.yml");
	}

	void write(String content) {
		write(first(), content.getBytes(StandardCharsets.UTF_8));
	}

	void write(Path file, byte[] content) {
		try {
			Files.write(file, content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Has everything fail that nobody thought of, or not any more. */
	void broken(boolean broken) {
		this.clock.broken = broken;
	}

	void look() {
		this.files.forEach(WatchedFile::look);
	}

	void lookTwice() {
		look();
		look();
	}

	/** Why the newest version of the first file does not hold. */
	@Nullable Mistake refusal() {
		return refusal("first.yml");
	}

	@Nullable Mistake refusal(String file) {
		return this.files.stream()
			.filter((watched) -> watched.file().name().equals(file))
			.findFirst()
			.orElseThrow()
			.outcome()
			.refusal();
	}

	double edits(String file, String result) {
		return this.meters.get(Names.SETTINGS_RELOADS).tags("file", file, "result", result).counter().count();
	}

	double refused(String file) {
		return this.meters.get(Names.SETTINGS_REFUSED).tag("file", file).gauge().value();
	}

	/** A clock that may fail. */
	private static final class FailingClock extends Clock {

		private boolean broken;

		@Override
		public Instant instant() {
			if (this.broken) {
				throw new IllegalStateException("nobody thought of that");
			}
			return Instant.now();
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(this.folder.getParent());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
