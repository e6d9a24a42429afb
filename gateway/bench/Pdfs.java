import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

import pl.bramka.mocks.phone.Phone;

/**
 * Takes the PDF of one document many times at once, each at a pace, and counts those that came whole.
 * <p>
 * Arguments: gateway URL, how many at once, kilobytes a second of each.
 */
final class Pdfs {

	private static final String PATH = "/v1/invoices/000400042151/pdf";

	private static final int WHOLE = 20_000_000;

	public static void main(String[] arguments) throws Exception {
		int atOnce = Integer.parseInt(arguments[1]);
		long bytesASecond = Long.parseLong(arguments[2]) * 1000;
		Phone phone = new Phone(URI.create(arguments[0]));
		if (phone.signIn("anna@example.com", "Haslo-123!").statusCode() != 201) {
			throw new IllegalStateException("anna cannot sign in");
		}
		phone.acceptTerms();
		// Ownership is in memory: the downloads are what is measured.
		phone.get("/v1/invoices");
		ConcurrentHashMap<String, LongAdder> ends = new ConcurrentHashMap<>();
		long start = System.nanoTime();
		try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
			for (int i = 0; i < atOnce; i++) {
				threads.submit(() -> ends.computeIfAbsent(take(phone, bytesASecond), (end) -> new LongAdder()).increment());
			}
			threads.shutdown();
			threads.awaitTermination(5, TimeUnit.MINUTES);
		}
		System.out.printf("%d PDFs of %d MB at once at %d kB/s each: %s in %.1f s%n", atOnce, WHOLE / 1_000_000,
				bytesASecond / 1000, ends, (System.nanoTime() - start) / 1e9);
		System.exit(0);
	}

	private static String take(Phone phone, long bytesASecond) {
		try {
			HttpResponse<InputStream> answer = phone.send("GET", PATH, null, BodyHandlers.ofInputStream());
			if (answer.statusCode() != 200) {
				return String.valueOf(answer.statusCode());
			}
			byte[] some = new byte[16_384];
			long bytes = 0;
			long start = System.nanoTime();
			try (InputStream in = answer.body()) {
				for (int read = in.read(some); read >= 0; read = in.read(some)) {
					bytes += read;
					LockSupport.parkNanos(start + bytes * 1_000_000_000L / bytesASecond - System.nanoTime());
				}
			}
			return (bytes == WHOLE) ? "whole" : "short";
		}
		catch (Exception ex) {
			return ex.getClass().getSimpleName();
		}
	}

}
