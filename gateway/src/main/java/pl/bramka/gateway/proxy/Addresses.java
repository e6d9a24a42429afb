package pl.bramka.gateway.proxy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as text, without ever asking for a name.
 */
final class Addresses {

	/**
	 * What a home or a phone is given by its network (RFC 6177, section 2): whoever holds
	 * one address of it holds all of them.
	 */
	private static final int HOME_PREFIX_BYTES = 8;

	private Addresses() {
	}

	/**
	 * Reads an address alone. One of IPv4 that is written as IPv6 is IPv4.
	 * @return the address, or nothing if the text is none
	 */
	static @Nullable InetAddress parse(String text) {
		byte @Nullable [] bytes = (text.indexOf('%') < 0) ? NetUtil.createByteArrayFromIpAddressString(text) : null;
		return (bytes != null) ? of(bytes) : null;
	}

	/**
	 * Reads an address with or without a port: {@code 192.0.2.1}, {@code 192.0.2.1:80},
	 * {@code 2001:db8::1}, {@code [2001:db8::1]}, {@code [2001:db8::1]:80}.
	 * @return the address, or nothing if the text is none
	 */
	static @Nullable InetAddress parseNode(String text) {
		if (text.startsWith("[")) {
			int end = text.indexOf(']');
			return (end > 0 && isPort(text.substring(end + 1))) ? parse(text.substring(1, end)) : null;
		}
		int colon = text.indexOf(':');
		boolean one = colon >= 0 && colon == text.lastIndexOf(':');
		if (!one) {
			return parse(text);
		}
		return isPort(text.substring(colon)) ? parse(text.substring(0, colon)) : null;
	}

	/** As limits count: an address of IPv4, the first 64 bits of one of IPv6. */
	static String counted(InetAddress address) {
		if (!(address instanceof Inet6Address)) {
			return NetUtil.toAddressString(address);
		}
		byte[] home = Arrays.copyOf(Arrays.copyOf(address.getAddress(), HOME_PREFIX_BYTES), 16);
		return NetUtil.toAddressString(of(home)) + "/64";
	}

	private static boolean isPort(String text) {
		return text.isEmpty() || text.matches(":[0-9]{1,5}");
	}

	private static InetAddress of(byte[] bytes) {
		try {
			return InetAddress.getByAddress(bytes);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("Neither 4 nor 16 bytes", ex);
		}
	}

}
