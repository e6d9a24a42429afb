package pl.bramka.mocks.phone;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;

/**
 * The connections of all phones of this process.
 */
final class Line {

	private static final HttpClient HTTP = HttpClient.newBuilder()
		// An upgrade offered with a POST is not understood by every server.
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private Line() {
	}

	static <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) throws IOException {
		try {
			return HTTP.send(request, handler);
		}
		catch (ConnectException ex) {
			// The JDK's own has no message.
			throw (IOException) new ConnectException("Nobody listens at " + request.uri()).initCause(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw (IOException) new InterruptedIOException("interrupted").initCause(ex);
		}
	}

}
