package pl.bramka.gateway.account;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.Section;
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

	private final JsonMapper json;

	CustomerController(Profiles profiles, JsonMapper json) {
		this.profiles = profiles;
		this.json = json;
	}

	/**
	 * Who is signed in.
	 * @param customer who asks
	 * @return the profile and its age
	 */
	@GetMapping("/v1/customer")
	@Answers({ ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<Section<Profile>>>> customer(@AuthenticationPrincipal Customer customer) {
		return this.profiles.of(customer).map(Section::of).map((profile) -> Rendition.of(this.json, profile).ok());
	}

}
