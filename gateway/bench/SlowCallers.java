import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers that hold on to connections: silent ones, ones that drip a head or a body, and
 * ones that take a long answer, a byte a second. Whoever is cut comes back at once, so
 * that their number stays the same.
 * <p>
 * Arguments: gateway URL, how many of each kind, seconds.
 */
final class SlowCallers {

	/** Its answer, the API's description, is more than systems keep on the way. */
	private static final String READER = "GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n";

	/** So little of an answer fits at the caller's. */
	private static final int RECEIVE_BUFFER = 4096;

	private static final List<String> KINDS = List.of("", "GET /v1/problems HTTP/1.1\r\nA: ",
			"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n", READER);

	private static final LongAdder CUT = new LongAdder();

	public static void main(String[] arguments) {
		URI gateway = URI.create(arguments[0]);
		int each = Integer.parseInt(arguments[1]);
		long end = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000_000L;
		Set<Socket> dripping = ConcurrentHashMap.newKeySet();
		for (String kind : KINDS) {
			for (int i = 0; i < each; i++) {
				Thread.ofVirtual().start(() -> hold(gateway, kind, end, dripping));
			}
		}
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(1_000_000_000L);
			for (Socket socket : dripping) {
				try {
					socket.getOutputStream().write('x');
				}
				catch (IOException ex) {
					dripping.remove(socket);
				}
			}
		}
		System.out.printf("%d of each of %d kinds held on; cut %d times%n", each, KINDS.size(), CUT.sum());
		System.exit(0);
	}

	private static void hold(URI gateway, String kind, long end, Set<Socket> dripping) {
		while (System.nanoTime() < end) {
			try (Socket socket = new Socket()) {
				socket.setReceiveBufferSize(RECEIVE_BUFFER);
				socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
				socket.getOutputStream().write(kind.getBytes(StandardCharsets.US_ASCII));
				if (kind.equals(READER)) {
					sip(socket, end);
				}
				else {
					if (!kind.isEmpty()) {
						dripping.add(socket);
					}
					socket.getInputStream().transferTo(OutputStream.nullOutputStream());
				}
			}
			catch (IOException ex) {
				// Cut, or refused.
			}
			CUT.increment();
		}
	}

	/** A byte a second, until it is cut. */
	private static void sip(Socket socket, long end) throws IOException {
		InputStream in = socket.getInputStream();
		while (System.nanoTime() < end && in.read() >= 0) {
			LockSupport.parkNanos(1_000_000_000L);
		}
	}

}
