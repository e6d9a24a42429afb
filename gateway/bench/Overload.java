import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Phone;

/**
 * Finds out what a gateway can answer, asks it for several times as much, and tells what became of
 * each kind of call; then asks for little again and tells when all is answered.
 * <p>
 * Arguments: gateway URL, times the capacity, seconds of overload, the gateway's process, and how many
 * hundredths of a processor it may take once it is warm: whoever asks for several times what it can answer
 * needs more than it has.
 */
final class Overload {

	private static final String PASSWORD = "Haslo-123!";

	private static final List<String> PERSONAS = List.of("anna", "jan", "maria", "olga");

	/** Of 200 calls one is a sign-in, 40 can wait, the others are normal. */
	private enum Kind {

		SIGN_IN, NORMAL, BACKGROUND;

		static Kind of(long i) {
			return (i % 200 == 0) ? SIGN_IN : (i % 5 == 1) ? BACKGROUND : NORMAL;
		}

	}

	private record Answer(long at, int status, long nanos) {
	}

	private final HttpClient client = HttpClient.newBuilder()
		.executor(Executors.newFixedThreadPool(2))
		.version(HttpClient.Version.HTTP_1_1)
		.build();

	private final URI gateway;

	private final List<Phone> phones = new ArrayList<>();

	/** Devices of their own for sign-ins: making a key is not what is measured. */
	private final List<DeviceKey> keys = new ArrayList<>();

	private Overload(URI gateway) throws Exception {
		this.gateway = gateway;
		for (String persona : PERSONAS) {
			Phone phone = new Phone(gateway);
			if (phone.signIn(persona + "@example.com", PASSWORD).statusCode() != 201) {
				throw new IllegalStateException(persona + " cannot sign in");
			}
			phone.acceptTerms();
			this.phones.add(phone);
		}
		for (int i = 0; i < 200; i++) {
			this.keys.add(DeviceKey.generate());
		}
	}

	public static void main(String[] arguments) throws Exception {
		Overload overload = new Overload(URI.create(arguments[0]));
		double times = Double.parseDouble(arguments[1]);
		int seconds = Integer.parseInt(arguments[2]);
		overload.capacity(60);
		leaveIt(Integer.parseInt(arguments[4]), arguments[3]);
		double capacity = overload.capacity(10);
		System.out.printf("capacity: %.0f calls a second, one of 200 a sign-in%n", capacity);
		int rate = (int) (capacity * times);
		overload.pace(rate, seconds, "overload");
		overload.pace((int) (capacity / 4), 15, "after it");
		System.exit(0);
	}

	/** By a control group of the system, of either version; in steps of 5 ms. */
	private static void leaveIt(int hundredths, String process) throws IOException {
		Path first = Path.of("/sys/fs/cgroup/cpu/bramka-bench");
		Path second = Path.of("/sys/fs/cgroup/bramka-bench");
		Path group = Files.isDirectory(first.getParent()) ? first : second;
		String quota = String.valueOf(hundredths * 50);
		Files.createDirectories(group);
		if (group == first) {
			Files.writeString(group.resolve("cpu.cfs_period_us"), "5000");
			Files.writeString(group.resolve("cpu.cfs_quota_us"), quota);
		}
		else {
			Files.writeString(group.resolve("cpu.max"), quota + " 5000");
		}
		Files.writeString(group.resolve("cgroup.procs"), process);
	}

	/** As many as are answered when a few callers ask one after the other, each at once again. */
	private double capacity(int seconds) throws Exception {
		AtomicLong answered = new AtomicLong();
		Semaphore callers = new Semaphore(6);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		for (long i = 0; System.nanoTime() < end; i++) {
			callers.acquire();
			this.client.sendAsync(request(Kind.of(i), i), BodyHandlers.discarding()).whenComplete((answer, failure) -> {
				callers.release();
				if (answer != null && answer.statusCode() < 400) {
					answered.incrementAndGet();
				}
			});
		}
		return answered.get() / (double) seconds;
	}

	/** An open load: calls come at their pace whether or not earlier ones are answered. */
	private void pace(int rate, int seconds, String name) throws Exception {
		Map<Kind, Queue<Answer>> answers = new EnumMap<>(Kind.class);
		for (Kind kind : Kind.values()) {
			answers.put(kind, new ConcurrentLinkedQueue<>());
		}
		Semaphore open = new Semaphore(8000);
		long start = System.nanoTime();
		for (long i = 0; i < (long) rate * seconds; i++) {
			Kind kind = Kind.of(i);
			HttpRequest request = request(kind, i);
			long due = start + i * 1_000_000_000L / rate;
			for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
				LockSupport.parkNanos(wait);
			}
			open.acquire();
			long sent = System.nanoTime();
			this.client.sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failure) -> {
				open.release();
				answers.get(kind)
					.add(new Answer(sent - start, (answer != null) ? answer.statusCode() : 0, System.nanoTime() - sent));
			});
		}
		double wall = (System.nanoTime() - start) / 1e9;
		open.acquire(8000);
		System.out.printf("%s: %d/s asked for, %.0f/s sent, %d s%n", name, rate, (double) rate * seconds / wall, seconds);
		answers.forEach(Overload::tell);
	}

	private static void tell(Kind kind, Queue<Answer> answers) {
		long[] good = answers.stream().filter((a) -> a.status() / 100 == 2).mapToLong(Answer::nanos).sorted().toArray();
		long[] refused = answers.stream().filter((a) -> a.status() == 503).mapToLong(Answer::nanos).sorted().toArray();
		long lastRefused = answers.stream().filter((a) -> a.status() / 100 != 2).mapToLong(Answer::at).max().orElse(0);
		System.out.printf("  %-10s %6d calls, %5.1f %% answered (p50 %.0f ms, p99 %.0f ms), %d refused (p50 %.1f ms, p99 %.1f ms),"
				+ " %d otherwise, last one not answered at %.1f s%n", kind, answers.size(),
				100.0 * good.length / Math.max(1, answers.size()), at(good, 0.5), at(good, 0.99), refused.length,
				at(refused, 0.5), at(refused, 0.99), answers.size() - good.length - refused.length, lastRefused / 1e9);
	}

	private HttpRequest request(Kind kind, long i) {
		if (kind == Kind.SIGN_IN) {
			URI url = this.gateway.resolve("/v1/sessions");
			DeviceKey key = this.keys.get((int) (i / 200 % this.keys.size()));
			String body = "{\"email\":\"" + PERSONAS.get((int) (i / 200 % PERSONAS.size())) + "@example.com\",\"password\":\""
					+ PASSWORD + "\"}";
			return plain(url).header("DPoP", key.proof("POST", url, null))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body))
				.build();
		}
		Phone phone = this.phones.get((int) (i % this.phones.size()));
		// Most of the time an app is opened; what can wait is looked at later.
		URI url = this.gateway.resolve((kind == Kind.NORMAL) ? "/v1/home" : "/v1/invoices");
		String token = phone.tokens().orElseThrow().accessToken();
		HttpRequest.Builder request = plain(url).header("Authorization", "DPoP " + token)
			.header("DPoP", phone.key().proof("GET", url, token));
		return ((kind == Kind.BACKGROUND) ? request.header("Priority", "u=6") : request).build();
	}

	private static HttpRequest.Builder plain(URI url) {
		return HttpRequest.newBuilder(url)
			.timeout(Duration.ofSeconds(20))
			.header("App-Platform", "android")
			.header("App-Version", "3.4.1")
			.header("App-OS-Version", "14");
	}

	private static double at(long[] sorted, double share) {
		return (sorted.length == 0) ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6;
	}

}
