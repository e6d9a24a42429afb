package pl.bramka.gateway.freshness;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

import com.github.benmanes.caffeine.cache.Ticker;

/**
 * A clock and a ticker that stand still until they are told to go on.
 */
public final class Time extends Clock implements Ticker {

	private final Instant start;

	private final AtomicLong nanos = new AtomicLong();

	public Time(String start) {
		this.start = Instant.parse(start);
	}

	public void passes(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	@Override
	public long read() {
		return this.nanos.get();
	}

	@Override
	public Instant instant() {
		return this.start.plusNanos(this.nanos.get());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return Clock.fixed(instant(), zone);
	}

}
