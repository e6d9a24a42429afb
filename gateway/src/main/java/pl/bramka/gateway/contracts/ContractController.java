package pl.bramka.gateway.contracts;

import java.time.Instant;
import java.util.List;

import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.Section;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The customer's contracts.
 */
@RestController
final class ContractController {

	private final Contracts contracts;

	private final JsonMapper json;

	ContractController(Contracts contracts, JsonMapper json) {
		this.contracts = contracts;
		this.json = json;
	}

	/**
	 * The customer's contracts. Never a distribution contract.
	 * @param customer who asks
	 * @return the contracts and their age
	 */
	@GetMapping("/v1/contracts")
	@Answers({ ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<ContractList>>> contracts(@AuthenticationPrincipal Customer customer) {
		return this.contracts.of(customer).map(ContractList::from).map((list) -> Rendition.of(this.json, list).ok());
	}

	/**
	 * One contract.
	 * @param customer who asks
	 * @param id its number, with its leading zeros
	 * @return the contract and its age
	 */
	@GetMapping("/v1/contracts/{id}")
	@Answers({ ProblemCode.CONTRACT_NOT_FOUND, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<Section<Contract>>>> contract(@AuthenticationPrincipal Customer customer,
			@PathVariable String id) {
		return this.contracts.of(customer)
			.map((portfolio) -> Section.of(portfolio.map((all) -> all.find(id))))
			.map((contract) -> Rendition.of(this.json, contract).ok());
	}

	/**
	 * All contracts of a customer.
	 *
	 * @param state fresh or stale
	 * @param asOf when CRM said so
	 * @param items the contracts, by number
	 */
	record ContractList(State state, Instant asOf, List<Contract> items) {

		static ContractList from(Aged<Portfolio> portfolio) {
			return new ContractList(portfolio.state(), portfolio.asOf(), portfolio.value().contracts());
		}

	}

}
