package pl.bramka.gateway.proxy;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * From where a request comes: the address at the other end of the connection.
 */
@Component
public final class CallerAddress {

	/**
	 * The address that limits count.
	 * @param request the request
	 * @return the peer's address; personal data, so never for a log
	 */
	public String of(ServerHttpRequest request) {
		@Nullable InetSocketAddress remote = request.getRemoteAddress();
		return (remote != null && remote.getAddress() != null) ? remote.getAddress().getHostAddress() : "none";
	}

}
