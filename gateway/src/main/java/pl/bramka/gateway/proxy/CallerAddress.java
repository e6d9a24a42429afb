package pl.bramka.gateway.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * From where a request comes: the address at the other end of the connection, or what a
 * trusted proxy there reports. Of a chain of proxies the one nearest to the caller that
 * is still trusted has the say (the rightmost address that is not a proxy's own), so that
 * what a caller writes into the header by itself is never believed.
 */
@Component
public final class CallerAddress {

	/** A connection without an address, which no network makes. */
	private static final String NONE = "none";

	private final ProxyProperties proxies;

	CallerAddress(ProxyProperties proxies) {
		this.proxies = proxies;
	}

	/**
	 * The address that limits count. A home network has 2^64 addresses of IPv6 to call
	 * from, and counts as one.
	 * @param request the request
	 * @return such as {@code 192.0.2.7} or {@code 2001:db8:1:2::/64}; personal data, so
	 * never for a log
	 */
	public String of(ServerHttpRequest request) {
		@Nullable InetSocketAddress remote = request.getRemoteAddress();
		@Nullable InetAddress peer = (remote != null) ? remote.getAddress() : null;
		if (peer == null) {
			return NONE;
		}
		return Addresses.counted(isTrusted(peer) ? reported(request, peer) : peer);
	}

	/** What cannot be read is not believed: then it is the proxy that calls. */
	private InetAddress reported(ServerHttpRequest request, InetAddress peer) {
		ProxyHeader header = this.proxies.header();
		List<String> elements = ProxyHeader.elements(request.getHeaders().getOrEmpty(header.header()));
		InetAddress caller = peer;
		for (int i = elements.size() - 1; i >= 0 && isTrusted(caller); i--) {
			@Nullable InetAddress next = header.node(elements.get(i));
			if (next == null) {
				return peer;
			}
			caller = next;
		}
		return caller;
	}

	private boolean isTrusted(InetAddress address) {
		return this.proxies.trusted().stream().anyMatch((network) -> network.contains(address));
	}

}
