package pl.bramka.gateway;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * One request put together by hand: a header may come twice, or not at all.
 */
public final class Call {

	private static final HttpClient HTTP = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final HttpRequest.Builder request;

	private Call(URI url, String method, BodyPublisher body) {
		this.request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(60)).method(method, body);
	}

	/** A read. */
	public static Call get(URI base, String path) {
		return of("GET", base, path, BodyPublishers.noBody());
	}

	/** Anything, of a caller that does not say that it is an app. */
	public static Call ofNoApp(String method, URI base, String path) {
		return ofNoApp(method, base, path, BodyPublishers.noBody());
	}

	/** The same, with a body. */
	public static Call ofNoApp(String method, URI base, String path, BodyPublisher body) {
		return new Call(URI.create(base + path), method, body);
	}

	/** Anything else. */
	public static Call of(String method, URI base, String path, BodyPublisher body) {
		Call call = new Call(URI.create(base + path), method, body);
		call.request.headers("App-Platform", "android", "App-Version", "3.4.1", "App-OS-Version", "14");
		return call;
	}

	/** One more header, also of the same name. */
	public Call header(String name, String value) {
		this.request.header(name, value);
		return this;
	}

	/** The answer. */
	public HttpResponse<String> send() throws IOException {
		try {
			return HTTP.send(this.request.build(), BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw (IOException) new InterruptedIOException("interrupted").initCause(ex);
		}
	}

	/**
	 * The answer to a call that is made again when it is told to come back: a process
	 * that has compiled nothing lets some of a thousand calls at once go, before they are
	 * counted.
	 */
	public static HttpResponse<String> untilTaken(Callable<HttpResponse<String>> call) throws Exception {
		HttpResponse<String> answer = call.call();
		for (int i = 0; i < 20 && answer.statusCode() == 503; i++) {
			Thread.sleep(Duration.ofSeconds(answer.headers().firstValueAsLong("Retry-After").orElseThrow()));
			answer = call.call();
		}
		return answer;
	}

	/** The answers to the same call made many times at once. */
	public static <T> List<T> together(int times, Callable<T> call) throws Exception {
		try (ExecutorService callers = Executors.newFixedThreadPool(times)) {
			List<Future<T>> all = callers.invokeAll(IntStream.range(0, times).mapToObj((i) -> call).toList());
			return all.stream().map(Future::resultNow).toList();
		}
	}

}
