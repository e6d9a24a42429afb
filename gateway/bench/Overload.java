import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import pl.bramka.mocks.personas.Crowd;
import pl.bramka.mocks.phone.DeviceKey;
import pl.bramka.mocks.phone.Phone;

/**
 * Finds out what a gateway can answer, asks it for several times as much, and tells what became of
 * each kind of call; then asks for little again and tells when all is answered.
 * <p>
 * Arguments: gateway URL, times the capacity, seconds of overload, and where a gateway that has just
 * started is to be asked for so much at once, how many calls a second instead of what it can answer.
 * Requests are made before they are needed, and sent as they are: who asks for so much must need less
 * for a request than who answers it. Their proofs are good for a minute.
 */
final class Overload {

	private static final String PASSWORD = "Haslo-123!";

	/** An open one of the first customer. */
	private static final String DOCUMENT = "001100042251";

	/** Each asks seldom, as in earnest: their first screens are rarely in memory. */
	private static final int CUSTOMERS = 100;

	/** Nobody waits for longer. */
	private static final int LONGEST = 20_000;

	/** So many ask at once to find the capacity: too few wait for the answers, too many are let go. */
	private static final int[] CALLERS = { 3, 6, 12, 24, 48 };

	/** Fewer than a node takes: who asks through a load balancer shares its connections. */
	private static final int CONNECTIONS = 4000;

	/** What is idle for longer is not used again, as load balancers do: the gateway closes it soon. */
	private static final long IDLE = TimeUnit.SECONDS.toNanos(50);

	/**
	 * Of 400 calls two are sign-ins, one asks what paying would cost, one is a notification (which nobody
	 * signed, so it is answered with a problem), 80 can wait, the others are normal.
	 */
	private enum Kind {

		SIGN_IN, PAYMENT, NOTIFICATION, NORMAL, BACKGROUND;

		static Kind of(long i) {
			return switch ((int) (i % 400)) {
				case 0, 200 -> SIGN_IN;
				case 100 -> PAYMENT;
				case 300 -> NOTIFICATION;
				default -> (i % 5 == 1) ? BACKGROUND : NORMAL;
			};
		}

		boolean isAnswer(int status) {
			return status / 100 == 2 || (this == NOTIFICATION && status / 100 == 4);
		}

	}

	private record Answer(long at, int status, long nanos) {
	}

	/** A connection, for one call at a time. */
	private static final class Line {

		private final Socket socket = new Socket();

		private final InputStream in;

		private boolean closes;

		private long usedLast;

		Line(URI gateway) throws IOException {
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout(LONGEST);
			this.socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
			this.in = new BufferedInputStream(this.socket.getInputStream(), 4096);
		}

		/** The status; the body is read and let go. */
		int ask(byte[] request) throws IOException {
			this.socket.getOutputStream().write(request);
			String first = line();
			long length = -1;
			for (String header = line(); !header.isEmpty(); header = line()) {
				String small = header.toLowerCase(Locale.ROOT);
				if (small.startsWith("content-length:")) {
					length = Long.parseLong(small.substring(15).trim());
				}
				this.closes |= small.equals("connection: close");
			}
			if (length >= 0) {
				this.in.skipNBytes(length);
			}
			else {
				for (long part = part(); part > 0; part = part()) {
					this.in.skipNBytes(part + 2);
				}
				line();
			}
			return Integer.parseInt(first.substring(9, 12));
		}

		private long part() throws IOException {
			return Long.parseLong(line(), 16);
		}

		private String line() throws IOException {
			StringBuilder line = new StringBuilder(64);
			for (int read = this.in.read(); read != '\n'; read = this.in.read()) {
				if (read < 0) {
					throw new IOException("closed");
				}
				if (read != '\r') {
					line.append((char) read);
				}
			}
			return line.toString();
		}

	}

	private final URI gateway;

	private final List<Phone> phones = new ArrayList<>();

	/** Devices of their own for sign-ins: making a key is not what is measured. */
	private final List<DeviceKey> keys = new ArrayList<>();

	private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();

	/** Why there was no answer. */
	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	private Overload(URI gateway) throws Exception {
		this.gateway = gateway;
		for (int i = 0; i < CUSTOMERS; i++) {
			Phone phone = new Phone(gateway);
			if (phone.signIn(Crowd.name(i) + "@example.com", PASSWORD).statusCode() != 201) {
				throw new IllegalStateException(Crowd.name(i) + " cannot sign in");
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
		if (arguments.length > 3) {
			overload.pace(Integer.parseInt(arguments[3]), seconds, "cold overload");
			overload.pace(Integer.parseInt(arguments[3]) / 20, 12, "after it");
		}
		overload.answered(12, 60);
		double capacity = 0;
		for (int callers : CALLERS) {
			double answered = overload.answered(callers, 8);
			System.out.printf("%d callers, each at once again: %.0f answered a second%n", callers, answered);
			capacity = Math.max(capacity, answered);
		}
		System.out.printf("capacity: %.0f calls a second, one of 100 a critical one%n", capacity);
		// Refusing is to be warm too.
		overload.pace((int) (capacity * times), 2 * seconds, "overload, not measured");
		overload.pace((int) (capacity / 4), 12, "after it");
		overload.pace((int) (capacity * times), seconds, "overload");
		overload.pace((int) (capacity / 4), 15, "after it");
		System.exit(0);
	}

	/** As many as are answered in a second when so many callers ask, each at once again. */
	private double answered(int most, int seconds) throws Exception {
		AtomicLong answered = new AtomicLong();
		Semaphore callers = new Semaphore(most);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		for (long i = 0; System.nanoTime() < end; i++) {
			callers.acquire();
			byte[] request = request(Kind.of(i), i);
			Thread.ofVirtual().start(() -> {
				if (ask(request) / 100 == 2) {
					answered.incrementAndGet();
				}
				callers.release();
			});
		}
		return answered.get() / (double) seconds;
	}

	/** The status, 0 if there was no answer. */
	private int ask(byte[] request) {
		try {
			Line line = this.idle.pollFirst();
			if (line != null && System.nanoTime() - line.usedLast > IDLE) {
				line.socket.close();
				line = null;
			}
			line = (line != null) ? line : new Line(this.gateway);
			int status = line.ask(request);
			if (line.closes) {
				line.socket.close();
			}
			else {
				line.usedLast = System.nanoTime();
				this.idle.addFirst(line);
			}
			return status;
		}
		catch (IOException ex) {
			this.failures.computeIfAbsent(String.valueOf(ex.getMessage()), (any) -> new LongAdder()).increment();
			return 0;
		}
	}

	/** An open load: calls come at their pace whether or not earlier ones are answered. */
	private void pace(int rate, int seconds, String name) throws Exception {
		Map<Kind, Queue<Answer>> answers = new EnumMap<>(Kind.class);
		for (Kind kind : Kind.values()) {
			answers.put(kind, new ConcurrentLinkedQueue<>());
		}
		int calls = rate * seconds;
		List<byte[]> requests = new ArrayList<>(calls);
		for (int i = 0; i < calls; i++) {
			requests.add(request(Kind.of(i), i));
		}
		long[] late = new long[calls];
		System.gc();
		Semaphore open = new Semaphore(CONNECTIONS);
		long start = System.nanoTime();
		for (int i = 0; i < calls; i++) {
			Kind kind = Kind.of(i);
			byte[] request = requests.get(i);
			long due = start + i * 1_000_000_000L / rate;
			for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
				LockSupport.parkNanos(wait);
			}
			open.acquire();
			int call = i;
			Thread.ofVirtual().start(() -> {
				long sent = System.nanoTime();
				late[call] = sent - due;
				int status = ask(request);
				answers.get(kind).add(new Answer(sent - start, status, System.nanoTime() - sent));
				open.release();
			});
		}
		double wall = (System.nanoTime() - start) / 1e9;
		open.acquire(CONNECTIONS);
		Arrays.sort(late);
		System.out.printf("%s: %d/s asked for, %.0f/s sent, %d s; the one who asks was late by p50 %.1f ms, p99 %.1f ms%n", name,
				rate, calls / wall, seconds, at(late, 0.5), at(late, 0.99));
		answers.forEach(Overload::tell);
		if (!this.failures.isEmpty()) {
			System.out.println("  no answer: " + this.failures);
			this.failures.clear();
		}
	}

	private static void tell(Kind kind, Queue<Answer> answers) {
		long[] good = answers.stream().filter((a) -> kind.isAnswer(a.status())).mapToLong(Answer::nanos).sorted().toArray();
		long[] refused = answers.stream().filter((a) -> a.status() == 503).mapToLong(Answer::nanos).sorted().toArray();
		long lastRefused = answers.stream().filter((a) -> !kind.isAnswer(a.status())).mapToLong(Answer::at).max().orElse(0);
		System.out.printf("  %-12s %6d calls, %5.1f %% answered (p50 %.0f ms, p99 %.0f ms), %d refused (p50 %.1f ms, p95 %.1f ms, p99 %.1f ms,"
				+ " %.1f %% within 50 ms), %d otherwise, last one not answered at %.1f s%n", kind, answers.size(),
				100.0 * good.length / Math.max(1, answers.size()), at(good, 0.5), at(good, 0.99), refused.length,
				at(refused, 0.5), at(refused, 0.95), at(refused, 0.99), within50(refused), answers.size() - good.length - refused.length, lastRefused / 1e9);
	}

	/** How many of a hundred. */
	private static double within50(long[] nanos) {
		return 100.0 * Arrays.stream(nanos).filter((each) -> each < 50_000_000).count() / Math.max(1, nanos.length);
	}

	private byte[] request(Kind kind, long i) {
		StringBuilder request = new StringBuilder(1024);
		String body = "";
		if (kind == Kind.SIGN_IN) {
			body = "{\"email\":\"" + Crowd.name((int) (i / 200 % CUSTOMERS)) + "@example.com\",\"password\":\""
					+ PASSWORD + "\"}";
			DeviceKey key = this.keys.get((int) (i / 200 % this.keys.size()));
			URI url = line(request, "POST", "/v1/sessions");
			request.append("\r\nDPoP: ").append(key.proof("POST", url, null));
		}
		else if (kind == Kind.PAYMENT) {
			body = "{\"documents\":[\"" + DOCUMENT + "\"]}";
			sign(request, "POST", line(request, "POST", "/v1/payments/quote"), this.phones.getFirst());
		}
		else if (kind == Kind.NOTIFICATION) {
			body = "transactions=PD94bWw%2B";
			line(request, "POST", "/v1/operator/notifications");
			request.append("\r\nContent-Type: application/x-www-form-urlencoded");
		}
		else {
			// What an app shows first; what can wait is looked at later.
			sign(request, "GET", line(request, "GET", (kind == Kind.NORMAL) ? "/v1/home" : "/v1/invoices"),
					this.phones.get((int) (i % this.phones.size())));
			if (kind == Kind.BACKGROUND) {
				request.append("\r\nPriority: u=6");
			}
		}
		if (body.startsWith("{")) {
			request.append("\r\nContent-Type: application/json");
		}
		if (!body.isEmpty()) {
			request.append("\r\nContent-Length: ").append(body.length());
		}
		request.append("\r\nHost: ").append(this.gateway.getAuthority());
		request.append("\r\nApp-Platform: android\r\nApp-Version: 3.4.1\r\nApp-OS-Version: 14\r\n\r\n").append(body);
		return request.toString().getBytes(StandardCharsets.US_ASCII);
	}

	private URI line(StringBuilder request, String method, String path) {
		request.append(method).append(' ').append(path).append(" HTTP/1.1");
		return this.gateway.resolve(path);
	}

	private static void sign(StringBuilder request, String method, URI url, Phone phone) {
		String token = phone.tokens().orElseThrow().accessToken();
		request.append("\r\nDPoP: ").append(phone.key().proof(method, url, token));
		request.append("\r\nAuthorization: DPoP ").append(token);
	}

	private static double at(long[] sorted, double share) {
		return (sorted.length == 0) ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))] / 1e6;
	}

}
