package pl.bramka.gateway.connections;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection of a caller that asks again and again, and repeats nothing by itself.
 */
final class KeptConnection implements AutoCloseable {

	private final Socket socket;

	private final InputStream in;

	KeptConnection(URI gateway) throws IOException {
		this.socket = new Socket("localhost", gateway.getPort());
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	/** Whether the server has ended it while nothing was under way. */
	boolean isEnded() throws IOException {
		this.socket.setSoTimeout(1);
		this.in.mark(1);
		try {
			if (this.in.read() < 0) {
				return true;
			}
			this.in.reset();
			return false;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	/** Asks, and reads the whole answer. */
	Answer ask(String path, String lines) throws IOException {
		this.socket.setSoTimeout(20_000);
		String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
		this.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		StringBuilder head = new StringBuilder();
		while (!head.toString().endsWith("\r\n\r\n")) {
			int next = this.in.read();
			if (next < 0) {
				throw new IOException("closed after the request was sent: " + head);
			}
			head.append((char) next);
		}
		String headers = head.toString().toLowerCase(Locale.ROOT);
		int length = Integer.parseInt(headers.split("content-length: ", 2)[1].split("\r\n", 2)[0]);
		if (this.in.readNBytes(length).length < length) {
			throw new IOException("cut in the middle of an answer");
		}
		return new Answer(Integer.parseInt(headers.substring(9, 12)), headers.contains("connection: close"));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * What came back.
	 *
	 * @param status its status
	 * @param last whether the server ends the connection after it
	 */
	record Answer(int status, boolean last) {
	}

}
