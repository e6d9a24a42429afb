import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers that hold on to connections: silent ones, ones that drip a head or a body, and
 * ones that take a long answer, a byte a second. Whoever is cut comes back at once, so
 * that their number stays the same. They come one after the other over the time after
 * which a gateway cuts, each in its own rhythm, as callers do who do not know each other.
 * <p>
 * Arguments: gateway URL, how many of each kind, seconds.
 */
final class SlowCallers {

	/** Its answer, the API's description, is more than systems keep on the way. */
	private static final String READER = "GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";

	/** A second: between two bytes. */
	private static final int RHYTHM = 1000;

	/** Over so many seconds they come. */
	private static final long COMING = 10;

	/** So little of an answer fits at the caller's. */
	private static final int RECEIVE_BUFFER = 4096;

	private static final List<String> KINDS = List.of("", "GET /v1/problems HTTP/1.1\r\nA: ",
			"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n", READER);

	private static final LongAdder CUT = new LongAdder();

	public static void main(String[] arguments) {
		URI gateway = URI.create(arguments[0]);
		int each = Integer.parseInt(arguments[1]);
		long end = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000_000L;
		long pause = COMING * 1_000_000_000L / each / KINDS.size();
		for (int i = 0; i < each * KINDS.size(); i++) {
			String kind = KINDS.get(i % KINDS.size());
			Thread.ofVirtual().start(() -> hold(gateway, kind, end));
			LockSupport.parkNanos(pause);
		}
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
		System.out.printf("%d of each of %d kinds held on; cut %d times%n", each, KINDS.size(), CUT.sum());
		System.exit(0);
	}

	private static void hold(URI gateway, String kind, long end) {
		while (System.nanoTime() < end) {
			try (Socket socket = new Socket()) {
				socket.setReceiveBufferSize(RECEIVE_BUFFER);
				socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
				socket.getOutputStream().write(kind.getBytes(StandardCharsets.US_ASCII));
				if (kind.equals(READER)) {
					sip(socket, end);
				}
				else {
					drip(socket, !kind.isEmpty(), end);
				}
			}
			catch (IOException ex) {
				// Cut, or refused.
			}
			CUT.increment();
		}
	}

	/** A byte a second or none at all, until it is cut; what it is told is not looked at. */
	private static void drip(Socket socket, boolean gives, long end) throws IOException {
		socket.setSoTimeout(RHYTHM);
		InputStream in = socket.getInputStream();
		while (System.nanoTime() < end) {
			try {
				if (in.read() < 0) {
					return;
				}
			}
			catch (SocketTimeoutException ex) {
				if (gives) {
					socket.getOutputStream().write('x');
				}
			}
		}
	}

	/**
	 * A byte a second until it must have been cut, which it would see only behind all that
	 * its system keeps for it.
	 */
	private static void sip(Socket socket, long end) throws IOException {
		InputStream in = socket.getInputStream();
		long cut = Math.min(end, System.nanoTime() + COMING * 1_000_000_000L);
		while (System.nanoTime() < cut && in.read() >= 0) {
			LockSupport.parkNanos(RHYTHM * 1_000_000L);
		}
	}

}
