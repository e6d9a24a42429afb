package pl.bramka.gateway.contact;

import java.util.EnumMap;
import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.audit.SecurityEvent;
import pl.bramka.gateway.audit.SecurityEvents;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;
import pl.bramka.gateway.stepup.RecentSignIn;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changing how the utility reaches the customer.
 */
@RestController
final class ContactController {

	private final Contacts contacts;

	private final SecurityEvents events;

	ContactController(Contacts contacts, SecurityEvents events) {
		this.contacts = contacts;
		this.events = events;
	}

	/**
	 * Asks for other contact data: the e-mail, the phone, or both.
	 *
	 * @param email the new e-mail; absent to leave it as it is
	 * @param phone the new mobile phone: nine digits of Poland, or a number with the
	 * prefix of its country, which is how it is kept; absent to leave it as it is
	 */
	@Schema(example = "{\"email\":\"zofia.nowa@example.com\",\"phone\":\"+48500000099\"}")
	record ContactRequest(@Nullable @Size(max = 241) @Pattern(regexp = EmailAddress.PATTERN) String email,
			@Nullable @Size(max = 31) @Pattern(regexp = ContactKind.PHONE_PATTERN) String phone) {

		@AssertTrue
		boolean isAChange() {
			return this.email != null || this.phone != null;
		}

		Map<ContactKind, String> wanted() {
			Map<ContactKind, String> wanted = new EnumMap<>(ContactKind.class);
			if (this.email != null) {
				wanted.put(ContactKind.EMAIL, ContactKind.EMAIL.normalised(this.email));
			}
			if (this.phone != null) {
				wanted.put(ContactKind.PHONE, ContactKind.PHONE.normalised(this.phone));
			}
			return wanted;
		}

		/** Never what was typed. */
		@Override
		public String toString() {
			return "ContactRequest";
		}

	}

	/**
	 * Changes contact data at CRM. CRM may take a while to show a change: until then it
	 * is `pending` in this answer (202) and in the profile, on all phones. The same
	 * change again changes nothing, so an app that got no answer sends it again. If one
	 * of two changes fails, the other may have been made. The e-mail is where letters of
	 * the utility go; the one that opens the account stays as it is.
	 * @param customer who changes it
	 * @param body what it is to be
	 * @return the contact data: 200 as CRM shows them, 202 while something is pending
	 */
	@PatchMapping("/v1/customer/contact")
	@ApiResponse(responseCode = "200")
	@ApiResponse(responseCode = "202")
	@RecentSignIn
	@Answers({ ProblemCode.REQUEST_UNDER_WAY, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.STORE_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<ContactData>> changeContact(@AuthenticationPrincipal Customer customer,
			@Valid @RequestBody Mono<ContactRequest> body) {
		return body.flatMap((asked) -> this.contacts.change(customer, asked.wanted()))
			.flatMap((data) -> record(customer, "done").thenReturn(data))
			.onErrorResume(Problem.class,
					(problem) -> record(customer, problem.code().code()).then(Mono.error(problem)))
			.map((data) -> ResponseEntity.status(data.isPending() ? HttpStatus.ACCEPTED : HttpStatus.OK)
				.cacheControl(CacheControl.noStore())
				.body(data));
	}

	private Mono<Void> record(Customer customer, String result) {
		return this.events.record(SecurityEvent.CONTACT_CHANGE, customer.id(), customer.device(), result);
	}

}
