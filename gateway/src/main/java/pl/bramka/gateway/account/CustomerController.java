package pl.bramka.gateway.account;

import java.net.URI;

import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.media.Schema;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.compatibility.Contact;
import pl.bramka.gateway.contact.ContactData;
import pl.bramka.gateway.contact.Contacts;
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

	private final Contacts contacts;

	private final Live<Contact> contact;

	private final MeterRegistry meters;

	private final JsonMapper json;

	CustomerController(Profiles profiles, Contacts contacts, Live<Contact> contact, MeterRegistry meters,
			JsonMapper json) {
		this.profiles = profiles;
		this.contacts = contacts;
		this.contact = contact;
		this.meters = meters;
		this.json = json;
	}

	/**
	 * The customer as a person, how the utility reaches them, and where they may write to
	 * it.
	 *
	 * @param firstName first name, possibly empty
	 * @param lastName last name, possibly empty
	 * @param fullName how to address them
	 * @param contactForm the page with the contact form
	 * @param contact e-mail and phone; a part of its own, which may be missing or older
	 */
	record Person(@Schema(example = "Zofia") String firstName, @Schema(example = "Kowal") String lastName,
			@Schema(example = "Zofia Kowal") String fullName, URI contactForm, Section<ContactData> contact) {

		static Person of(Profile profile, URI contactForm, Section<ContactData> contact) {
			return new Person(profile.firstName(), profile.lastName(), profile.fullName(), contactForm, contact);
		}

		/** A name must not end up in a log. */
		@Override
		public String toString() {
			return "Person";
		}

	}

	/**
	 * Who is signed in, and how the utility reaches them. A change of e-mail or phone
	 * that CRM took and does not show yet is `pending`.
	 * @param customer who asks
	 * @return the profile and its age
	 */
	@GetMapping("/v1/customer")
	@Answers({ ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<Section<Person>>>> customer(@AuthenticationPrincipal Customer customer) {
		URI form = this.contact.value().form();
		return Mono
			.zip(this.profiles.of(customer), Section.of("contact", this.contacts.of(customer), this.meters),
					(aged, contact) -> Section.of(aged.map((profile) -> Person.of(profile, form, contact))))
			.map((profile) -> Rendition.of(this.json, profile).ok());
	}

}
