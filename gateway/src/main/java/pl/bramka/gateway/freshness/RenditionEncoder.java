package pl.bramka.gateway.freshness;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.codec.AbstractEncoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.ResolvableType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.util.MimeType;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Sends the bytes of a {@link Rendition} as they are.
 */
@Component
final class RenditionEncoder extends AbstractEncoder<Rendition<?>> implements WebFluxConfigurer {

	RenditionEncoder() {
		super(MediaType.APPLICATION_JSON);
	}

	@Override
	public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
		configurer.customCodecs().register(this);
	}

	@Override
	public boolean canEncode(ResolvableType type, @Nullable MimeType mimeType) {
		return type.toClass() == Rendition.class && super.canEncode(type, mimeType);
	}

	@Override
	public Flux<DataBuffer> encode(Publisher<? extends Rendition<?>> answers, DataBufferFactory buffers,
			ResolvableType type, @Nullable MimeType mimeType, @Nullable Map<String, Object> hints) {
		return Flux.from(answers).map((answer) -> encodeValue(answer, buffers, type, mimeType, hints));
	}

	@Override
	public DataBuffer encodeValue(Rendition<?> answer, DataBufferFactory buffers, ResolvableType type,
			@Nullable MimeType mimeType, @Nullable Map<String, Object> hints) {
		return buffers.wrap(answer.body());
	}

}
