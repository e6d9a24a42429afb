package pl.bramka.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Bytes that no HTTP client would send, and what comes back until the server closes.
 */
public final class RawCall {

	/** What an app says of itself with every request. */
	public static final String APP = "App-Platform: android\r\nApp-Version: 3.4.1\r\nApp-OS-Version: 14\r\n";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private RawCall() {
	}

	/** An app's GET of any path, with more header lines. */
	public static Answer get(URI gateway, String path, String... headers) throws IOException {
		return send(gateway, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + APP
				+ String.join("", Arrays.stream(headers).map((line) -> line + "\r\n").toList()) + "\r\n");
	}

	/** Any text; each character is one byte. */
	public static Answer send(URI gateway, String request) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress("localhost", gateway.getPort()), 5000);
			socket.setSoTimeout((int) PATIENCE.toMillis());
			write(socket, request.getBytes(StandardCharsets.ISO_8859_1));
			return Answer.of(all(socket.getInputStream()));
		}
	}

	/** The server may have seen enough before it has everything. */
	private static void write(Socket socket, byte[] request) throws IOException {
		try {
			socket.getOutputStream().write(request);
			socket.getOutputStream().flush();
		}
		catch (SocketException ex) {
			// Cut off: what it answered before is still to be read, if anything.
		}
	}

	private static String all(InputStream in) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		byte[] some = new byte[8192];
		try {
			for (int read = in.read(some); read >= 0; read = in.read(some)) {
				bytes.write(some, 0, read);
			}
		}
		catch (SocketTimeoutException ex) {
			throw new IOException("not closed: " + bytes.toString(StandardCharsets.UTF_8), ex);
		}
		catch (SocketException ex) {
			// Closed before everything was read: what came is the answer.
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	/**
	 * What came back.
	 *
	 * @param status 0 if nothing did
	 * @param head status line and headers
	 * @param body everything after them
	 */
	public record Answer(int status, String head, String body) {

		static Answer of(String text) {
			int end = text.indexOf("\r\n\r\n");
			if (end < 0) {
				return new Answer(0, text, "");
			}
			return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
		}

	}

}
