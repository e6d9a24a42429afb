package pl.bramka.gateway.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import pl.bramka.gateway.strict.Admission.Asking;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is begun with next on a real event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // What they do is waited for otherwise.
class TurnsTest {

	private static final Duration HEALTHY = Duration.ofMillis(15);

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final EventLoop loop = this.loops.next();

	private final AtomicBoolean busy = new AtomicBoolean();

	private final Turns turns = turns(HEALTHY);

	/** Lets nobody go because the machine stops for a while. */
	private final Turns patient = turns(Duration.ofSeconds(1));

	private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

	private final List<String> letGo = Collections.synchronizedList(new ArrayList<>());

	private Turns turns(Duration healthy) {
		return new Turns(this.loop, () -> new LoadProperties(healthy, 1000, List.of(), List.of()), this.busy::get,
				(importance) -> Duration.ofSeconds(3));
	}

	@AfterEach
	void end() throws InterruptedException {
		this.loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
	}

	/** One that takes a while once it is begun. */
	private Asking one(String name, int millis) {
		return new Asking() {

			@Override
			public void begin() {
				long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
				TurnsTest.this.begun.add(name);
				while (System.nanoTime() < until) {
					assertThat(until).isPositive();
				}
			}

			@Override
			public void letGo(Duration later) {
				assertThat(later).isEqualTo(Duration.ofSeconds(3));
				TurnsTest.this.letGo.add(name);
			}

		};
	}

	private void onTheLoop(Runnable what) throws Exception {
		this.loop.submit(what).get(10, TimeUnit.SECONDS);
	}

	private static Duration at(double share, List<Long> nanos) {
		List<Long> sorted = nanos.stream().sorted().toList();
		return Duration.ofNanos(sorted.get((int) (sorted.size() * share)));
	}

	private void awaitAll(int all) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> this.begun.size() + this.letGo.size() == all);
	}

	@Test
	void areTakenAtOnceWhereNobodyWaits() throws Exception {
		onTheLoop(() -> {
			this.turns.take(Importance.BACKGROUND, one("first", 0));
			assertThat(this.begun).containsExactly("first");
		});
		assertThat(this.turns.standing()).isLessThan(Duration.ofMillis(1));
	}

	@Test
	void goToTheMostImportantOfThoseWhoWait() throws Exception {
		onTheLoop(() -> {
			this.patient.take(Importance.NORMAL, one("long", 6));
			this.patient.take(Importance.BACKGROUND, one("background", 0));
			this.patient.take(Importance.NORMAL, one("normal", 0));
			this.patient.take(Importance.NORMAL, one("normal too", 0));
			this.patient.take(Importance.CRITICAL, one("critical", 0));
			assertThat(this.begun).containsExactly("long");
		});
		awaitAll(5);
		assertThat(this.begun).containsExactly("long", "critical", "normal", "normal too", "background");
	}

	@Test
	void leaveTheLoopTimeForWhatElseComes() throws Exception {
		AtomicInteger begunWhenSeen = new AtomicInteger(-1);
		Channel server = new ServerBootstrap().group(this.loops)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInboundHandlerAdapter() {
				@Override
				public void channelActive(ChannelHandlerContext context) {
					begunWhenSeen.set(TurnsTest.this.begun.size());
					context.close();
				}
			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sync()
			.channel();
		onTheLoop(() -> {
			for (int i = 0; i < 100; i++) {
				this.turns.take(Importance.CRITICAL, one("critical " + i, 6));
			}
		});
		try (Socket socket = new Socket()) {
			socket.connect(server.localAddress());
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> begunWhenSeen.get() >= 0);
		}
		awaitAll(100);
		assertThat(begunWhenSeen.get()).isLessThan(90);
		assertThat(this.letGo).isEmpty();
	}

	/** One good round proves it: a machine that stops makes them wait too long. */
	@Test
	void comeToAllOfABurst() throws Exception {
		for (int round = 0; round == 0 || (round < 5 && !this.letGo.isEmpty()); round++) {
			forget();
			Turns fresh = turns(HEALTHY);
			onTheLoop(() -> {
				for (int i = 0; i < 20; i++) {
					fresh.take(Importance.BACKGROUND, one("one", 1));
				}
			});
			awaitAll(20);
		}
		assertThat(this.letGo).isEmpty();
	}

	private void forget() {
		this.begun.clear();
		this.letGo.clear();
	}

	@Test
	void comeToFewOfABurstOnABusyNode() throws Exception {
		this.busy.set(true);
		onTheLoop(() -> {
			for (int i = 0; i < 20; i++) {
				this.turns.take(Importance.BACKGROUND, one("one", 4));
			}
		});
		awaitAll(20);
		assertThat(this.begun).hasSizeBetween(1, 10);
	}

	@Test
	void giveTheCriticalOnesAsLongAsTheLoopDoesOtherThings() throws Exception {
		AtomicInteger rounds = new AtomicInteger();
		this.loop.execute(new Runnable() {
			@Override
			public void run() {
				long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(40);
				while (System.nanoTime() < until) {
					assertThat(until).isPositive();
				}
				if (TurnsTest.this.begun.size() < 60) {
					rounds.incrementAndGet();
					TurnsTest.this.loop.schedule(this, 0, TimeUnit.NANOSECONDS);
				}
			}
		});
		onTheLoop(() -> {
			for (int i = 0; i < 60; i++) {
				this.turns.take(Importance.CRITICAL, one("critical", 3));
			}
		});
		awaitAll(60);
		assertThat(rounds.get()).isLessThan(20);
	}

	@Test
	void endForThoseWhoWaitTooLong() throws Exception {
		onTheLoop(() -> {
			for (int i = 0; i < 100; i++) {
				this.turns.take(Importance.NORMAL, one("normal", 6));
			}
			this.turns.take(Importance.CRITICAL, one("critical", 0));
			this.turns.take(Importance.BACKGROUND, one("background", 0));
		});
		awaitAll(102);
		assertThat(this.begun).contains("critical").doesNotContain("background");
		assertThat(this.begun).hasSizeBetween(3, 40);
	}

	@Test
	void areDeniedAtOnceWhereTheQueueNeverEnds() throws Exception {
		List<Long> waits = Collections.synchronizedList(new ArrayList<>());
		List<Long> begunAfter = Collections.synchronizedList(new ArrayList<>());
		AtomicInteger asked = new AtomicInteger();
		AtomicBoolean ended = new AtomicBoolean();
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
		this.loop.execute(new Runnable() {
			@Override
			public void run() {
				for (int i = 0; i < 5; i++) {
					long came = System.nanoTime();
					asked.incrementAndGet();
					TurnsTest.this.turns.take(Importance.NORMAL, new Asking() {
						@Override
						public void begin() {
							begunAfter.add(System.nanoTime() - came);
							long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(4);
							while (System.nanoTime() < until) {
								assertThat(until).isPositive();
							}
						}

						@Override
						public void letGo(Duration later) {
							waits.add(System.nanoTime() - came);
						}
					});
				}
				if (System.nanoTime() < end) {
					TurnsTest.this.loop.schedule(this, 4, TimeUnit.MILLISECONDS);
				}
				else {
					ended.set(true);
				}
			}
		});
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> ended.get() && waits.size() + begunAfter.size() == asked.get());
		assertThat(waits).hasSizeGreaterThan(200);
		assertThat(at(0.9, waits)).isLessThan(HEALTHY);
		assertThat(at(0.5, begunAfter)).isLessThan(HEALTHY.multipliedBy(2));
		assertThat(begunAfter.size()).as("what there is time for").isGreaterThan(200);
	}

	@Test
	void comeToABurstAgainOnceTheQueueHasEnded() throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
		int all = 0;
		while (System.nanoTime() < end) {
			onTheLoop(() -> {
				for (int k = 0; k < 5; k++) {
					this.turns.take(Importance.NORMAL, one("flood", 4));
				}
			});
			all += 5;
			Thread.sleep(5);
		}
		awaitAll(all);
		assertThat(this.letGo).isNotEmpty();
		// More often than once: a machine that stops meanwhile makes them wait too long.
		Awaitility.await().pollInterval(Duration.ofMillis(250)).atMost(Duration.ofMillis(2500)).until(() -> {
			this.begun.clear();
			onTheLoop(() -> {
				for (int k = 0; k < 9; k++) {
					this.turns.take(Importance.NORMAL, one("burst", 4));
				}
			});
			Thread.sleep(100);
			return this.begun.size() == 9;
		});
	}

	/** One good round proves it: a machine that stops makes them wait too long. */
	@Test
	void comeToABurstWhereTheQueueEndsMoreOftenThanNot() {
		for (int round = 0; round == 0 || (round < 5 && !this.letGo.isEmpty()); round++) {
			forget();
			burstAfterShortQueues(turns(HEALTHY));
		}
		assertThat(this.letGo).isEmpty();
	}

	private void burstAfterShortQueues(Turns fresh) {
		AtomicInteger all = new AtomicInteger();
		AtomicInteger steps = new AtomicInteger();
		this.loop.execute(new Runnable() {
			@Override
			public void run() {
				if (TurnsTest.this.begun.size() + TurnsTest.this.letGo.size() == all.get()) {
					int step = steps.incrementAndGet();
					// Of three the third is not begun with in the first round.
					int more = (step == 101) ? 7 : ((step % 4 == 0) ? 3 : 2);
					for (int i = 0; i < more; i++) {
						fresh.take(Importance.NORMAL, one("one", 4));
					}
					all.addAndGet(more);
				}
				if (steps.get() <= 100) {
					TurnsTest.this.loop.schedule(this, 0, TimeUnit.NANOSECONDS);
				}
			}
		});
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> steps.get() == 101 && this.begun.size() + this.letGo.size() == all.get());
	}

	/** One good round proves it: a machine that stops makes them wait too long. */
	@Test
	void areExpectedByWhoIsBeforeOneAlone() throws Exception {
		for (int round = 0; round == 0 || (round < 5 && !this.begun.subList(0, 2).contains("normal")); round++) {
			forget();
			this.busy.set(false);
			expectByWhoIsBefore(turns(HEALTHY));
		}
		assertThat(this.begun.subList(0, 2)).containsExactly("background", "normal");
	}

	private void expectByWhoIsBefore(Turns fresh) throws Exception {
		for (int i = 0; i < 30; i++) {
			onTheLoop(() -> fresh.take(Importance.NORMAL, one("known", 4)));
		}
		this.begun.clear();
		List<String> letGoAtOnce = new ArrayList<>();
		onTheLoop(() -> {
			for (int i = 0; i < 9; i++) {
				fresh.take(Importance.BACKGROUND, one("background", 4));
			}
			this.busy.set(true);
			fresh.take(Importance.BACKGROUND, one("background that waits too long", 4));
			fresh.take(Importance.NORMAL, one("normal", 4));
			letGoAtOnce.addAll(this.letGo);
		});
		assertThat(letGoAtOnce).containsExactly("background that waits too long");
		awaitAll(11);
	}

	@Test
	void goOnAfterOneThatFails() throws Exception {
		onTheLoop(() -> {
			this.patient.take(Importance.NORMAL, one("long", 6));
			this.patient.take(Importance.NORMAL, new Asking() {

				@Override
				public void begin() {
					throw new IllegalStateException("on purpose");
				}

				@Override
				public void letGo(Duration later) {
					throw new IllegalStateException("on purpose");
				}

			});
			this.patient.take(Importance.NORMAL, one("normal", 0));
		});
		awaitAll(2);
		assertThat(this.begun).containsExactly("long", "normal");
	}

	@Test
	void areOnlySoMany() throws Exception {
		onTheLoop(() -> {
			for (int i = 0; i < 600; i++) {
				this.turns.take(Importance.CRITICAL, one("critical", 0));
				if (i == 0) {
					this.turns.take(Importance.CRITICAL, one("long", 6));
				}
			}
			assertThat(this.letGo).hasSize(99);
			this.turns.take(Importance.NORMAL, one("normal", 0));
			assertThat(this.letGo).hasSize(100).last().isEqualTo("normal");
		});
		awaitAll(602);
	}

}
