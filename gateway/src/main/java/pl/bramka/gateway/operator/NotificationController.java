package pl.bramka.gateway.operator;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * What the payment operator tells of payments.
 */
@RestController
final class NotificationController {

	private static final byte[] NOTHING = new byte[0];

	private final Notifications notifications;

	NotificationController(Notifications notifications) {
		this.notifications = notifications;
	}

	/**
	 * Takes a notification of the payment operator. Not for apps: it is a form whose only
	 * field `transactions` is the Base64 of a signed XML document, and so is the answer.
	 * The operator sends again what is not confirmed: what does not fit, what is not
	 * signed, and everything that is answered with a problem.
	 * @param exchange carries the form, whose bytes nothing has interpreted
	 * @return order by order, whether it is booked, signed
	 */
	@PostMapping(path = "/v1/operator/notifications", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
			produces = MediaType.APPLICATION_XML_VALUE)
	@RequestBody(description = "The operator's form",
			content = @Content(mediaType = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
					schema = @Schema(type = "string", example = "transactions=PHRyYW5zYWN0aW9uTGlzdD4...")))
	@Answers({ ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<String>> notified(ServerWebExchange exchange) {
		return DataBufferUtils.join(exchange.getRequest().getBody())
			.map(NotificationController::bytes)
			.defaultIfEmpty(NOTHING)
			.flatMap(this.notifications::answer)
			.map((answer) -> ResponseEntity.ok()
				.cacheControl(CacheControl.noStore())
				.contentType(MediaType.APPLICATION_XML)
				.body(answer));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

}
