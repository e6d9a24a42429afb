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
 * A paced load of signed-in phones on one path of one or several gateways in turn, and what it cost:
 * CPU time of the gateway's process per answered request, and latency. Every request carries its own
 * proof.
 * <p>
 * Arguments: path, requests per second, seconds of warm-up, rounds, seconds of a round, personas
 * joined by commas, and gateways as {@code name@url@process-id}. Of several gateways the first is
 * what the others are compared with.
 */
final class Load {

	private static final String PASSWORD = "Haslo-123!";

	public static void main(String[] arguments) throws Exception {
		String path = arguments[0];
		int rate = Integer.parseInt(arguments[1]);
		int warmUp = Integer.parseInt(arguments[2]);
		int rounds = Integer.parseInt(arguments[3]);
		int seconds = Integer.parseInt(arguments[4]);
		List<String> personas = List.of(arguments[5].split(","));
		List<Load> loads = new ArrayList<>();
		try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
			for (String gateway : Arrays.copyOfRange(arguments, 6, arguments.length)) {
				loads.add(new Load(client, gateway.split("@"), path, personas));
			}
			for (Load load : loads) {
				load.run(rate, warmUp);
				load.tell("warm-up", rate, null);
				load.forget();
			}
			for (int round = 0; round < rounds; round++) {
				for (Load load : loads) {
					load.run(rate, seconds);
				}
			}
			for (Load load : loads) {
				load.tell("measured", rate, loads.getFirst());
			}
		}
		System.exit(0);
	}

	private final HttpClient client;

	private final String name;

	private final URI gateway;

	private final ProcessHandle process;

	private final String path;

	private final List<Phone> phones = new ArrayList<>();

	private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();

	private final ConcurrentHashMap<Object, LongAdder> answers = new ConcurrentHashMap<>();

	private long cpu;

	private long wall;

	private Load(HttpClient client, String[] gateway, String path, List<String> personas) throws Exception {
		this.client = client;
		this.name = gateway[0];
		this.gateway = URI.create(gateway[1]);
		this.process = ProcessHandle.of(Long.parseLong(gateway[2])).orElseThrow();
		this.path = path;
		for (String persona : personas) {
			Phone phone = new Phone(this.gateway);
			if (phone.signIn(persona + "@example.com", PASSWORD).statusCode() != 201) {
				throw new IllegalStateException(persona + " cannot sign in");
			}
			phone.acceptTerms();
			this.phones.add(phone);
		}
	}

	private void forget() {
		this.latencies.clear();
		this.answers.clear();
		this.cpu = 0;
		this.wall = 0;
	}

	private void run(int rate, int seconds) throws Exception {
		Duration before = this.process.info().totalCpuDuration().orElseThrow();
		long start = System.nanoTime();
		long pause = 1_000_000_000L / rate;
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			for (long i = 0; i < (long) rate * seconds; i++) {
				long due = start + i * pause;
				for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
					LockSupport.parkNanos(wait);
				}
				Phone phone = this.phones.get((int) (i % this.phones.size()));
				callers.submit(() -> call(phone));
			}
			callers.shutdown();
			callers.awaitTermination(30, TimeUnit.SECONDS);
		}
		this.wall += System.nanoTime() - start;
		this.cpu += this.process.info().totalCpuDuration().orElseThrow().minus(before).toNanos();
	}

	private double cost() {
		return this.cpu / 1e3 / Math.max(1, this.latencies.size());
	}

	private void tell(String phase, int rate, Load base) {
		long[] sorted = this.latencies.stream().mapToLong(Long::longValue).sorted().toArray();
		System.out.printf("%-9s %-16s %s at %d/s: answers %s, %.0f/s, gateway CPU %.0f us a request%s%n", phase, this.name,
				this.path, rate, this.answers, sorted.length / (this.wall / 1e9), cost(),
				(base != null && base != this) ? String.format(", %.2f of %s", cost() / base.cost(), base.name) : "");
		if (sorted.length > 0) {
			System.out.printf("          latency ms: p50 %.1f, p95 %.1f, p99 %.1f, max %.1f%n", at(sorted, 0.5),
					at(sorted, 0.95), at(sorted, 0.99), at(sorted, 1));
		}
	}

	private void call(Phone phone) {
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
			this.latencies.add(System.nanoTime() - start);
		}
		catch (Exception ex) {
			outcome = ex.getClass().getSimpleName();
		}
		this.answers.computeIfAbsent(outcome, (any) -> new LongAdder()).increment();
	}

	private static double at(long[] sorted, double share) {
		return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6;
	}

}
