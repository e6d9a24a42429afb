package pl.bramka.gateway;

import java.time.Duration;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BufferLeaksTest {

	@Test
	void watchesEveryBuffer() {
		assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
	}

	@Test
	void noticesABufferThatNobodyGaveBack() {
		loseABuffer();
		assertThat(BufferLeaks.found(Duration.ofSeconds(10))).singleElement().asString().startsWith("ByteBuf ");
	}

	@Test
	void isSilentWhenEveryBufferWasGivenBack() {
		ByteBufAllocator.DEFAULT.buffer(32).release();
		assertThat(BufferLeaks.found(Duration.ofMillis(100))).isEmpty();
	}

	private static void loseABuffer() {
		ByteBufAllocator.DEFAULT.buffer(32).writeByte(1);
	}

}
