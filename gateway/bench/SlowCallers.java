import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Callers that hold on to connections: silent ones, and ones that drip a head or a body, a
 * byte a second. Whoever is cut comes back at once, so that their number stays the same.
 * <p>
 * Arguments: gateway URL, how many of each kind, seconds.
 */
final class SlowCallers {

	private static final List<String> KINDS = List.of("", "GET /v1/problems HTTP/1.1\r\nA: ",
			"POST /v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n");

	private static final LongAdder CUT = new LongAdder();

	public static void main(String[] arguments) {
		URI gateway = URI.create(arguments[0]);
		int each = Integer.parseInt(arguments[1]);
		long end = System.nanoTime() + Long.parseLong(arguments[2]) * 1_000_000_000L;
		Set<OutputStream> dripping = ConcurrentHashMap.newKeySet();
		for (String kind : KINDS) {
			for (int i = 0; i < each; i++) {
				Thread.ofVirtual().start(() -> hold(gateway, kind, end, dripping));
			}
		}
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(1_000_000_000L);
			for (OutputStream out : dripping) {
				try {
					out.write('x');
				}
				catch (IOException ex) {
					dripping.remove(out);
				}
			}
		}
		System.out.printf("%d of each of %d kinds held on; cut %d times%n", each, KINDS.size(), CUT.sum());
		System.exit(0);
	}

	private static void hold(URI gateway, String kind, long end, Set<OutputStream> dripping) {
		while (System.nanoTime() < end) {
			try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
				socket.getOutputStream().write(kind.getBytes(StandardCharsets.US_ASCII));
				if (!kind.isEmpty()) {
					dripping.add(socket.getOutputStream());
				}
				socket.getInputStream().transferTo(OutputStream.nullOutputStream());
			}
			catch (IOException ex) {
				// Cut, or refused.
			}
			CUT.increment();
		}
	}

}
