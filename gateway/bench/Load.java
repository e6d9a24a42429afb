import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import pl.bramka.mocks.phone.Phone;

/**
 * A paced load of signed-in phones on one path, and what it cost: CPU time of the gateway's
 * process per answered request, and latency. Every request carries its own proof.
 * <p>
 * Arguments: gateway URL, path, requests per second, seconds of warm-up, seconds of
 * measurement, the gateway's process id, personas.
 */
final class Load {

	private static final String PASSWORD = "Haslo-123!";

	public static void main(String[] arguments) throws Exception {
		URI gateway = URI.create(arguments[0]);
		String path = arguments[1];
		int rate = Integer.parseInt(arguments[2]);
		int warmUp = Integer.parseInt(arguments[3]);
		int seconds = Integer.parseInt(arguments[4]);
		ProcessHandle process = ProcessHandle.of(Long.parseLong(arguments[5])).orElseThrow();
		List<Phone> phones = new ArrayList<>();
		for (String persona : Arrays.copyOfRange(arguments, 6, arguments.length)) {
			Phone phone = new Phone(gateway);
			if (phone.signIn(persona + "@example.com", PASSWORD).statusCode() != 201) {
				throw new IllegalStateException(persona + " cannot sign in");
			}
			phones.add(phone);
		}
		try (HttpClient client = HttpClient.newHttpClient()) {
			Load load = new Load(client, gateway, path, phones);
			load.run(rate, warmUp, "warm-up", process);
			load.run(rate, seconds, "measured", process);
		}
		System.exit(0);
	}

	private final HttpClient client;

	private final URI gateway;

	private final String path;

	private final List<Phone> phones;

	private Load(HttpClient client, URI gateway, String path, List<Phone> phones) {
		this.client = client;
		this.gateway = gateway;
		this.path = path;
		this.phones = phones;
	}

	private void run(int rate, int seconds, String name, ProcessHandle process) throws Exception {
		ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
		ConcurrentHashMap<Object, LongAdder> answers = new ConcurrentHashMap<>();
		Duration before = process.info().totalCpuDuration().orElseThrow();
		long start = System.nanoTime();
		long pause = 1_000_000_000L / rate;
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			for (long i = 0; i < (long) rate * seconds; i++) {
				long due = start + i * pause;
				for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
					LockSupport.parkNanos(wait);
				}
				Phone phone = this.phones.get((int) (i % this.phones.size()));
				callers.submit(() -> call(phone, latencies, answers));
			}
			callers.shutdown();
			callers.awaitTermination(30, TimeUnit.SECONDS);
		}
		double wall = (System.nanoTime() - start) / 1e9;
		long cpu = process.info().totalCpuDuration().orElseThrow().minus(before).toNanos();
		long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
		System.out.printf("%-9s %s at %d/s for %d s: answers %s, %.0f/s, gateway CPU %.0f us a request%n", name, this.path,
				rate, seconds, answers, sorted.length / wall, cpu / 1e3 / Math.max(1, sorted.length));
		if (sorted.length > 0) {
			System.out.printf("          latency ms: p50 %.1f, p95 %.1f, p99 %.1f, max %.1f%n", at(sorted, 0.5),
					at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
		}
	}

	private void call(Phone phone, ConcurrentLinkedQueue<Long> latencies, ConcurrentHashMap<Object, LongAdder> answers) {
		URI url = this.gateway.resolve(this.path);
		String token = phone.tokens().orElseThrow().accessToken();
		HttpRequest request = HttpRequest.newBuilder(url)
			.timeout(Duration.ofSeconds(10))
			.header("Authorization", "DPoP " + token)
			.header("DPoP", phone.key().proof("GET", url, token))
			.header("App-Platform", "android")
			.header("App-Version", "3.4.1")
			.header("App-OS-Version", "14")
			.build();
		long start = System.nanoTime();
		Object outcome;
		try {
			outcome = this.client.send(request, BodyHandlers.ofByteArray()).statusCode();
			latencies.add(System.nanoTime() - start);
		}
		catch (Exception ex) {
			outcome = ex.getClass().getSimpleName();
		}
		answers.computeIfAbsent(outcome, (any) -> new LongAdder()).increment();
	}

	private static double at(long[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6;
	}

}
