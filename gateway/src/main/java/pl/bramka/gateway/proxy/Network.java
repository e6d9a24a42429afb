package pl.bramka.gateway.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, or a single one. Names are never looked up.
 *
 * @param rule what is in it
 */
record Network(IpSubnetFilterRule rule) {

	/**
	 * Reads CIDR notation (RFC 4632, section 3.1, and RFC 4291, section 2.3). Public,
	 * since only so the binding of settings finds it.
	 * @param text such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 192.0.2.1}
	 * @return the range
	 * @throws IllegalArgumentException if it is no such range
	 */
	public static Network of(String text) {
		int slash = text.indexOf('/');
		@Nullable InetAddress first = Addresses.parse((slash < 0) ? text : text.substring(0, slash));
		if (first == null) {
			throw new IllegalArgumentException("Not a range of addresses: " + text);
		}
		int bits = first.getAddress().length * Byte.SIZE;
		int prefix = (slash < 0) ? bits : Integer.parseInt(text, slash + 1, text.length(), 10);
		if (prefix < 0 || prefix > bits) {
			throw new IllegalArgumentException("Not a range of addresses: " + text);
		}
		return new Network(new IpSubnetFilterRule(first, prefix, IpFilterRuleType.ACCEPT));
	}

	boolean contains(InetAddress address) {
		return this.rule.matches(new InetSocketAddress(address, 0));
	}

}
