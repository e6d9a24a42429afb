package pl.bramka.gateway.live;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import pl.bramka.gateway.observability.Names;

/**
 * One live file and what has become of its newest version.
 */
final class WatchedFile {

	private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

	private final LiveFile file;

	private final LiveSettings settings;

	private final Clock clock;

	private final Counter applied;

	private final Counter refused;

	private LiveFile.Look last;

	private LiveFile.Look judged;

	private volatile Outcome outcome;

	WatchedFile(LiveSource atStart, LiveSettings settings, Clock clock, MeterRegistry meters) {
		this.file = atStart.file();
		this.settings = settings;
		this.clock = clock;
		this.last = atStart.getSource();
		this.judged = atStart.getSource();
		Instant now = clock.instant();
		this.outcome = new Outcome(this.judged instanceof LiveFile.Absent, now, now, null);
		String name = this.file.name();
		this.applied = meters.counter(Names.SETTINGS_RELOADS, "file", name, "result", "applied");
		this.refused = meters.counter(Names.SETTINGS_RELOADS, "file", name, "result", "refused");
		Gauge.builder(Names.SETTINGS_REFUSED, this, (watched) -> (watched.outcome.refusal() != null) ? 1 : 0)
			.tag("file", name)
			.register(meters);
	}

	/**
	 * What became of the newest version.
	 *
	 * @param absent whether there is no file
	 * @param read when it was judged
	 * @param applied when the version came into force that is in force
	 * @param refusal why the newest one is not
	 */
	record Outcome(boolean absent, Instant read, Instant applied, @Nullable Mistake refusal) {
	}

	LiveFile file() {
		return this.file;
	}

	Outcome outcome() {
		return this.outcome;
	}

	/**
	 * Looks once. A content counts when two looks in a row found it: an editor may empty
	 * a file before it fills it.
	 */
	void look() {
		LiveFile.Look now = this.file.look();
		boolean settled = now.equals(this.last);
		this.last = now;
		if (settled && !now.equals(this.judged)) {
			boolean wasThere = !this.outcome.absent();
			this.judged = now;
			judge(now, wasThere);
		}
	}

	private void judge(LiveFile.Look look, boolean wasThere) {
		Instant read = this.clock.instant();
		try {
			if (wasThere && look instanceof LiveFile.Absent absent && !absent.folder()) {
				throw new BadSettings(Mistake.in(this.file, "is gone with its folder"));
			}
			List<String> changed = this.settings.apply(LiveSource.of(this.file, look));
			this.outcome = new Outcome(look instanceof LiveFile.Absent, read, read, null);
			this.applied.increment();
			log.info("{} applied, changed: {}", this.file.path(), changed);
		}
		catch (BadSettings ex) {
			refuse(read, ex.mistake().found(this.file));
		}
		catch (RuntimeException | Error ex) {
			log.error("{} could not be judged", this.file.path(), ex);
			refuse(read, Mistake.in(this.file, "cannot be judged (" + ex.getClass().getSimpleName() + ")"));
		}
	}

	private void refuse(Instant read, Mistake mistake) {
		this.outcome = new Outcome(this.outcome.absent(), read, this.outcome.applied(), mistake);
		this.refused.increment();
		log.warn("{} refused, nothing of it holds: {}", this.file.path(), mistake);
	}

}
