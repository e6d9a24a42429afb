package pl.bramka.gateway.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The wait for a real event loop. */
class EventLoopDelayTest {

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

	private final EventLoopDelay delay = new EventLoopDelay(this.loops);

	@AfterEach
	void end() throws InterruptedException {
		this.delay.close();
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
	}

	@Test
	void isShortWhereNothingIsDone() {
		awaitShort();
	}

	private void awaitShort() {
		// Once is enough: the machine may be busy, the loops are not.
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(200))
			.untilAsserted(() -> assertThat(this.delay.standing()).isLessThan(Duration.ofMillis(5)));
	}

	@Test
	void growsWhileALoopIsHeldUp() {
		AtomicBoolean held = new AtomicBoolean(true);
		Future<Integer> turns = this.loops.next().submit(() -> {
			int count = 0;
			while (held.get()) {
				count++;
			}
			return count;
		});
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.pollInterval(Duration.ofMillis(200))
				.untilAsserted(() -> assertThat(this.delay.standing()).isGreaterThan(Duration.ofMillis(400)));
		}
		finally {
			held.set(false);
			assertThat(turns.awaitUninterruptibly(5, TimeUnit.SECONDS)).isTrue();
		}
		awaitShort();
	}

	@Test
	void standsWhileTasksFollowEachOther() {
		AtomicBoolean busy = new AtomicBoolean(true);
		EventExecutor loop = this.loops.next();
		loop.execute(new Runnable() {
			@Override
			public void run() {
				long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
				while (System.nanoTime() < until) {
					assertThat(until).isPositive();
				}
				if (busy.get()) {
					loop.execute(this);
				}
			}
		});
		try {
			this.delay.standing();
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.pollInterval(Duration.ofMillis(200))
				.untilAsserted(() -> assertThat(this.delay.standing()).isGreaterThan(Duration.ofMillis(20)));
		}
		finally {
			busy.set(false);
		}
	}

}
