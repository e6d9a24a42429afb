package pl.bramka.gateway.messages;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.idempotency.Request;
import pl.bramka.gateway.messages.Messages.Receipt;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The contact form.
 */
@RestController
final class MessageController {

	/**
	 * 1 to 2000 characters (Unicode code points), of control characters only line breaks
	 * and tabs, and no halves of a character.
	 */
	private static final String TEXT = "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff]{1,2000}";

	private final Messages messages;

	MessageController(Messages messages) {
		this.messages = messages;
	}

	/**
	 * A message to the utility.
	 *
	 * @param topic what it is about
	 * @param text in the customer's words: 1 to 2000 characters, not only blanks
	 * @param contractId the contract it is about, with its leading zeros; absent for none
	 */
	@Schema(example = "{\"topic\":\"METER\",\"text\":\"The display of my meter is dark.\",\"contractId\":\"0030009001\"}")
	record MessageRequest(@NotNull Topic topic, @NotBlank @Pattern(regexp = TEXT) String text,
			@Nullable @Size(min = 1, max = 40) String contractId) {

		/** Never the text. */
		@Override
		public String toString() {
			return "MessageRequest";
		}

	}

	/**
	 * Sends a message to the utility. The same key again brings the same ticket for a
	 * day, and so does the same message under any key for some minutes; an app that got
	 * no answer, or one that may be tried again, sends the same with the same key, and
	 * never makes a second ticket. The topic `ACCOUNT_DELETION` asks people to delete the
	 * account.
	 * @param customer who writes
	 * @param idempotencyKey names this request: a new one for each message that the
	 * customer means
	 * @param body the message
	 * @return the number of the ticket
	 */
	@PostMapping("/v1/messages")
	@ResponseStatus(HttpStatus.CREATED)
	@Answers({ ProblemCode.CONTRACT_NOT_FOUND, ProblemCode.REQUEST_UNDER_WAY, ProblemCode.IDEMPOTENCY_KEY_REUSED,
			ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.STORE_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Receipt>> send(@AuthenticationPrincipal Customer customer,
			@RequestHeader("Idempotency-Key") @Pattern(regexp = Request.KEY) String idempotencyKey,
			@Valid @RequestBody MessageRequest body) {
		return this.messages
			.send(customer, idempotencyKey, new Message(body.topic(), body.contractId(), body.text().strip()))
			.map((receipt) -> ResponseEntity.status(HttpStatus.CREATED)
				.cacheControl(CacheControl.noStore())
				.body(receipt));
	}

}
