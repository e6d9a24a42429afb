package pl.bramka.gateway.strict;

import java.time.Duration;
import java.util.function.Function;

import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * When the node begins with a request, or that it does not. Asked where requests arrive:
 * a refusal from there costs a fraction of one that has passed the framework, and a node
 * with too much to do has nothing left for dear ones.
 */
@FunctionalInterface
public interface Admission {

	/**
	 * Asked once for each whole request, on the event loop of its connection, where it is
	 * answered too: at once, or soon.
	 * @param loop the event loop
	 * @param method of the request
	 * @param path of the request, without its query
	 * @param header its headers, by name; null for one that is not there
	 * @param request who asks
	 */
	void ask(EventExecutor loop, HttpMethod method, PathContainer path, Function<String, @Nullable String> header,
			Asking request);

	/** A whole request that waits to be begun; told one of the two, once. */
	interface Asking {

		/** It is its turn. */
		void begin();

		/**
		 * It is let go.
		 * @param later when to come back
		 */
		void letGo(Duration later);

	}

}
