package pl.bramka.gateway.upstream;

import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * A file on its way. Nothing of what the system said of it comes along but its length.
 *
 * @param length in bytes, or -1 if the system did not say; fewer never end well
 * @param pieces its bytes, to be taken once, in the order they come and no sooner than
 * they are asked for
 */
public record FileStream(long length, Flux<DataBuffer> pieces) {
}
