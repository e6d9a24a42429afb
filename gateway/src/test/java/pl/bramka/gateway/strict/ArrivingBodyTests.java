package pl.bramka.gateway.strict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** A body on its way, and the room it takes. */
class ArrivingBodyTests {

	private static Bodies bodies(int most) {
		return new Bodies(new StrictProperties(DataSize.ofBytes(most), DataSize.ofBytes(most), DataSize.ofBytes(most),
				Duration.ofSeconds(1)));
	}

	@Test
	void keepsNothingOfTheBuffersThatItsPartsWereReadInto() {
		ArrivingBody body = new ArrivingBody(bodies(10_000));
		List<ByteBuf> read = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			ByteBuf buffer = Unpooled.buffer(2048).writeByte('x');
			read.add(buffer);
			assertThat(body.add(buffer, UnpooledByteBufAllocator.DEFAULT)).isTrue();
			buffer.release();
		}
		assertThat(read).allMatch((buffer) -> buffer.refCnt() == 0);
		assertThat(body.size()).isEqualTo(5000);
		LastHttpContent whole = body.whole();
		assertThat(whole.content().readableBytes()).isEqualTo(5000);
		assertThat(whole.content().capacity()).isLessThan(16_384);
		whole.release();
	}

	@Test
	void hasRoomAgainWhenItIsForgotten() {
		Bodies bodies = bodies(10);
		ArrivingBody one = new ArrivingBody(bodies);
		ArrivingBody other = new ArrivingBody(bodies);
		ByteBuf part = Unpooled.buffer().writeZero(8);
		assertThat(one.add(part.duplicate(), UnpooledByteBufAllocator.DEFAULT)).isTrue();
		assertThat(other.add(part.duplicate(), UnpooledByteBufAllocator.DEFAULT)).isFalse();
		one.whole().release();
		assertThat(other.add(part.duplicate(), UnpooledByteBufAllocator.DEFAULT)).as("handed on, not answered")
			.isFalse();
		one.forget();
		one.forget();
		assertThat(other.add(part.duplicate(), UnpooledByteBufAllocator.DEFAULT)).isTrue();
		other.forget();
		part.release();
	}

}
