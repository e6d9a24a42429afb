package pl.bramka.gateway.strict;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HeadScanTests {

	private static final String LINE = "GET /v1/home HTTP/1.1\r\n";

	private static int scan(HeadScan scan, String text) {
		ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
		return bytes.forEachByte(scan);
	}

	@ParameterizedTest
	@ValueSource(strings = { LINE + "Host: a\r\n\r\n", "\r\n" + LINE + "Host: a\r\n\r\n", LINE + "\r\n",
			LINE + "A: b\tc d \u00fc \r\nB:\r\n\r\n" })
	void stopsAtTheEndOfAHead(String head) {
		HeadScan scan = new HeadScan();
		assertThat(scan(scan, head + "body\n\u0000")).isEqualTo(head.length() - 1);
		assertThat(scan.isDone()).isTrue();
		assertThat(scan.isBroken()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /v1/home HTTP/1.1\n", LINE + "A: b\nB: c\r\n", LINE + "A: b\r\n\n",
			LINE + "A: b\rB: c\r\n", LINE + "A: b\r\r\n", LINE + "A: b\r\n c\r\n", LINE + "A: b\r\n\tc\r\n",
			LINE + " A: b\r\n", LINE + "A: \u0000\r\n", LINE + "A\u0001: b\r\n", LINE + "A: \u000bb\r\n",
			LINE + "A: \u007f\r\n", "GET  /v1/home HTTP/1.1\r\n", "GET\t/v1/home HTTP/1.1\r\n",
			"GET\u000b/v1/home HTTP/1.1\r\n", "GET /v1/home\r\n", "GET /v1/home HTTP/1.1 \r\n", " " + LINE,
			"GET /v1/\u00fc HTTP/1.1\r\n", "GET /v1/\u0000 HTTP/1.1\r\n", "\r\n\r\n", "\n", "\u0016\u0003\u0001" })
	void refusesWhatIsNoHead(String bytes) {
		HeadScan scan = new HeadScan();
		scan(scan, bytes);
		assertThat(scan.isBroken()).isTrue();
		assertThat(scan.isDone()).isFalse();
	}

	@Test
	void seesTheSameHoweverBytesAreSpread() {
		HeadScan scan = new HeadScan();
		String head = LINE + "A: b\r\n\r\n";
		for (int i = 0; i < head.length(); i++) {
			assertThat(scan.isDone()).isFalse();
			scan(scan, head.substring(i, i + 1));
			assertThat(scan.isBegun()).isTrue();
		}
		assertThat(scan.isDone()).isTrue();
	}

	@Test
	void hasNotBegunWithAnEmptyLine() {
		HeadScan scan = new HeadScan();
		scan(scan, "\r\n");
		assertThat(scan.isBegun()).isFalse();
	}

}
