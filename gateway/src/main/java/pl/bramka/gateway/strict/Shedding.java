package pl.bramka.gateway.strict;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/**
 * Whether the node can carry one request more. Asked where requests arrive: a refusal
 * from there costs a fraction of one that has passed the framework, and a node with too
 * much to do has nothing left for dear ones.
 */
@FunctionalInterface
public interface Shedding {

	/**
	 * Asked once for each whole request, on an event loop.
	 * @param method of the request
	 * @param path of the request, without its query
	 * @param header its headers, by name; null for one that is not there
	 * @return when to come back, or nothing if the request is to be answered
	 */
	@Nullable Duration sheds(HttpMethod method, PathContainer path, Function<String, @Nullable String> header);

}
