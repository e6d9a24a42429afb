package pl.bramka.gateway.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CallerAddressTests {

	/** Any number of header lines, each after a bar. */
	private static String of(String trusted, String header, String peer, String lines) throws UnknownHostException {
		ProxyProperties settings = bind(trusted, header);
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/v1/home")
			.remoteAddress(new InetSocketAddress(InetAddress.getByName(peer), 4711));
		for (String line : lines.split("\\|", -1)) {
			request.header(settings.header().header(), line);
		}
		return new CallerAddress(settings).of(request.build());
	}

	private static ProxyProperties bind(String trusted, String header) {
		return new Binder(new MapConfigurationPropertySource(
				Map.of("bramka.proxy.trusted", trusted, "bramka.proxy.header", header)))
			.bind("bramka.proxy", ProxyProperties.class)
			.get();
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.7, 192.0.2.7", "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64", "2001:db8::1, 2001:db8::/64",
			"2001:db8:1:2::, 2001:db8:1:2::/64", "::ffff:192.0.2.7, 192.0.2.7", "fe80::1%1, fe80::/64", "::1, ::/64" })
	void isThePeersAddressAHomeOfIpv6CountingAsOne(String peer, String counted) throws UnknownHostException {
		assertThat(of("", "x-forwarded-for", peer, "198.51.100.9")).isEqualTo(counted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "forwarded", "x-forwarded-for" })
	void isNeverWhatAnUntrustedPeerReports(String header) throws UnknownHostException {
		assertThat(of("10.0.0.0/8,2001:db8:ffff::/48", header, "192.0.2.7", "for=198.51.100.9|198.51.100.9"))
			.isEqualTo("192.0.2.7");
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			198.51.100.9                             ; 198.51.100.9
			198.51.100.9:5123                        ; 198.51.100.9
			2001:db8:1:2::9                          ; 2001:db8:1:2::/64
			[2001:db8:1:2::9]:5123                   ; 2001:db8:1:2::/64
			203.0.113.66, 198.51.100.9               ; 198.51.100.9
			203.0.113.66|198.51.100.9                ; 198.51.100.9
			198.51.100.9, 10.1.2.3                   ; 198.51.100.9
			203.0.113.66, 198.51.100.9,10.1.2.3|10.0.0.9 ; 198.51.100.9
			not an address, 198.51.100.9             ; 198.51.100.9
			10.1.2.3                                 ; 10.1.2.3
			::ffff:198.51.100.9                      ; 198.51.100.9
			::ffff:10.1.2.3, 10.1.2.4                ; 10.1.2.3
			""")
	void isTheRightmostUntrustedOneOfXForwardedFor(String lines, String expected) throws UnknownHostException {
		assertThat(of("10.0.0.0/8", "x-forwarded-for", "10.0.0.1", lines)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!', textBlock = """
			for=198.51.100.9                                            ! 198.51.100.9
			For=198.51.100.9;proto=https;by=10.0.0.1                    ! 198.51.100.9
			proto=https ; for="198.51.100.9:5123"                       ! 198.51.100.9
			for="[2001:db8:1:2::9]:5123"                                ! 2001:db8:1:2::/64
			for=203.0.113.66, for=198.51.100.9                          ! 198.51.100.9
			for=203.0.113.66|for=198.51.100.9, for=10.1.2.3             ! 198.51.100.9
			host="a, for=203.0.113.66";for=198.51.100.9                 ! 198.51.100.9
			host="a\\",for=203.0.113.66";for=198.51.100.9               ! 198.51.100.9
			for=_hidden, for=198.51.100.9                               ! 198.51.100.9
			""")
	void isTheRightmostUntrustedOneOfForwarded(String lines, String expected) throws UnknownHostException {
		assertThat(of("10.0.0.0/8", "forwarded", "10.0.0.1", lines)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!', textBlock = """
			x-forwarded-for ! ''
			x-forwarded-for ! unknown
			x-forwarded-for ! localhost
			x-forwarded-for ! 198.51.100.9,
			x-forwarded-for ! 198.51.100.9, 10.1.2
			x-forwarded-for ! 198.51.100.256
			x-forwarded-for ! 198.51.100.9:
			x-forwarded-for ! 198.51.100.9:http
			x-forwarded-for ! 198.51.100.9 10.1.2.3
			x-forwarded-for ! [2001:db8::1
			x-forwarded-for ! [2001:db8::1]x
			x-forwarded-for ! fe80::1%eth0
			x-forwarded-for ! 0x7f.1
			forwarded       ! for=unknown
			forwarded       ! for=_hidden
			forwarded       ! proto=https
			forwarded       ! 198.51.100.9
			forwarded       ! for="198.51.100.9
			forwarded       ! for="203.0.113.66, for=198.51.100.9
			forwarded       ! for=198.51.100.9, for=example.com
			""")
	void isTheProxysOwnIfItsReportCannotBeRead(String header, String lines) throws UnknownHostException {
		assertThat(of("10.0.0.0/8", header, "10.0.0.1", lines)).isEqualTo("10.0.0.1");
	}

	@Test
	void takesOnlyTheHeaderThatIsConfigured() throws UnknownHostException {
		ProxyProperties settings = bind("10.0.0.1", "forwarded");
		MockServerHttpRequest request = MockServerHttpRequest.get("/")
			.remoteAddress(new InetSocketAddress(InetAddress.getByName("10.0.0.1"), 1))
			.header("X-Forwarded-For", "198.51.100.9")
			.header("X-Real-IP", "198.51.100.9")
			.build();
		assertThat(new CallerAddress(settings).of(request)).isEqualTo("10.0.0.1");
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.255.255, 11.0.0.0", "10.0.0.1, 10.0.0.1, 10.0.0.2",
			"2001:db8::/32, 2001:db8:ffff::1, 2001:db9::1", "::1/128, ::1, ::2", "0.0.0.0/0, 9.9.9.9, 2001:db8::1",
			"192.0.2.128/25, 192.0.2.200, 192.0.2.127" })
	void trustsARange(String range, String inside, String outside) throws UnknownHostException {
		Network network = Network.of(range);
		assertThat(network.contains(InetAddress.getByName(inside))).isTrue();
		assertThat(network.contains(InetAddress.getByName(outside))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "proxy.example", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8", "::/129", "*",
			"10.0.0.0/8/8" })
	void trustsNothingThatIsNoRange(String range) {
		assertThatThrownBy(() -> bind(range, "forwarded")).isInstanceOf(BindException.class);
	}

}
