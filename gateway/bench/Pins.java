import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import pl.bramka.mocks.phone.Phone;

/**
 * What checks of PINs do to reads: the p99 of paced reads of one gateway without them, with them at
 * another gateway of the same machine, and with them at the same one, in turn. The second tells what
 * it costs that the machine has something to do; the third over the second what it costs that this
 * gateway does it. The PINs tried are those of devices that have none: all steps are the same, and
 * none is erased.
 * <p>
 * Arguments: gateway, another gateway, reads per second, PINs per second, seconds of warm-up, rounds,
 * seconds of a round.
 */
final class Pins {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	public static void main(String[] arguments) throws Exception {
		Pins pins = new Pins(URI.create(arguments[0]));
		Pins others = new Pins(URI.create(arguments[1]));
		int reads = Integer.parseInt(arguments[2]);
		int tries = Integer.parseInt(arguments[3]);
		int warmUp = Integer.parseInt(arguments[4]);
		int seconds = Integer.parseInt(arguments[6]);
		others.run(reads, tries, others, warmUp);
		pins.run(reads, tries, pins, warmUp);
		System.out.printf("warm-up: %s, the other: %s%n", pins.answers, others.answers);
		pins.answers.clear();
		others.answers.clear();
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < Integer.parseInt(arguments[5]); round++) {
			double without = pins.run(reads, 0, pins, seconds);
			double elsewhere = pins.run(reads, tries, others, seconds);
			double here = pins.run(reads, tries, pins, seconds);
			ratios.add(here / elsewhere);
			System.out.printf("round %d: p99 of reads %.1f ms without, %.1f ms with %d PINs/s elsewhere, %.1f ms with them here:"
					+ " %.2f%n", round + 1, without, elsewhere, tries, here, here / elsewhere);
		}
		ratios.sort(null);
		System.out.printf("median ratio %.2f, answers %s, the other: %s%n", ratios.get(ratios.size() / 2), pins.answers, others.answers);
		System.exit(0);
	}

	private final URI gateway;

	private final Phone phone;

	private final String device;

	private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

	private Pins(URI gateway) throws Exception {
		this.gateway = gateway;
		this.phone = new Phone(gateway);
		if (this.phone.signIn("anna@example.com", "Haslo-123!").statusCode() != 201) {
			throw new IllegalStateException("anna cannot sign in");
		}
		if (this.phone.acceptTerms().statusCode() / 100 != 2) {
			throw new IllegalStateException("anna cannot accept the terms");
		}
		this.device = this.phone.tokens().orElseThrow().deviceId();
	}

	/** The p99 of the reads, in milliseconds, while PINs are tried somewhere. */
	private double run(int reads, int tries, Pins where, int seconds) throws Exception {
		ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
		try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
			callers.submit(() -> pace(tries, seconds, callers, where::tryPin));
			pace(reads, seconds, callers, () -> read(latencies));
			callers.shutdown();
			callers.awaitTermination(30, TimeUnit.SECONDS);
		}
		long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
		return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] / 1e6;
	}

	private static void pace(int rate, int seconds, ExecutorService callers, Runnable call) {
		long start = System.nanoTime();
		for (long i = 0; i < (long) rate * seconds; i++) {
			long due = start + i * 1_000_000_000L / rate;
			for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
				LockSupport.parkNanos(wait);
			}
			callers.submit(call);
		}
	}

	private void read(ConcurrentLinkedQueue<Long> latencies) {
		String token = this.phone.tokens().orElseThrow().accessToken();
		URI url = this.gateway.resolve("/v1/invoices");
		HttpRequest request = request(url)
			.header("Authorization", "DPoP " + token)
			.header("DPoP", this.phone.key().proof("GET", url, token))
			.build();
		long start = System.nanoTime();
		if (answered("read", request)) {
			latencies.add(System.nanoTime() - start);
		}
	}

	private void tryPin() {
		URI url = this.gateway.resolve("/v1/sessions/pin");
		answered("pin", request(url).header("DPoP", this.phone.key().proof("POST", url, null))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"deviceId\":\"" + this.device + "\",\"pin\":\"4826\"}"))
			.build());
	}

	private static HttpRequest.Builder request(URI url) {
		return HttpRequest.newBuilder(url)
			.timeout(Duration.ofSeconds(10))
			.header("App-Platform", "android")
			.header("App-Version", "3.4.1")
			.header("App-OS-Version", "14");
	}

	private boolean answered(String what, HttpRequest request) {
		String outcome;
		try {
			outcome = what + " " + CLIENT.send(request, BodyHandlers.ofByteArray()).statusCode();
		}
		catch (Exception ex) {
			outcome = what + " " + ex.getClass().getSimpleName();
		}
		this.answers.computeIfAbsent(outcome, (any) -> new LongAdder()).increment();
		return outcome.equals("read 200");
	}

}
