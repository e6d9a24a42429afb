package pl.bramka.gateway.account;

import java.net.URI;

import io.swagger.v3.oas.annotations.media.Schema;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.compatibility.Contact;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.Section;
import pl.bramka.gateway.live.Live;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The customer's profile.
 */
@RestController
final class CustomerController {

	private final Profiles profiles;

	private final Live<Contact> contact;

	private final JsonMapper json;

	CustomerController(Profiles profiles, Live<Contact> contact, JsonMapper json) {
		this.profiles = profiles;
		this.contact = contact;
		this.json = json;
	}

	/**
	 * The customer as a person, and where they may write to us.
	 *
	 * @param firstName first name, possibly empty
	 * @param lastName last name, possibly empty
	 * @param fullName how to address them
	 * @param contactForm the page with the contact form
	 */
	record Person(@Schema(example = "Zofia") String firstName, @Schema(example = "Kowal") String lastName,
			@Schema(example = "Zofia Kowal") String fullName, URI contactForm) {

		static Person of(Profile profile, URI contactForm) {
			return new Person(profile.firstName(), profile.lastName(), profile.fullName(), contactForm);
		}

		/** A name must not end up in a log. */
		@Override
		public String toString() {
			return "Person";
		}

	}

	/**
	 * Who is signed in.
	 * @param customer who asks
	 * @return the profile and its age
	 */
	@GetMapping("/v1/customer")
	@Answers({ ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<Section<Person>>>> customer(@AuthenticationPrincipal Customer customer) {
		URI form = this.contact.value().form();
		return this.profiles.of(customer)
			.map((aged) -> Section.of(aged.map((profile) -> Person.of(profile, form))))
			.map((profile) -> Rendition.of(this.json, profile).ok());
	}

}
