package pl.bramka.gateway.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.Valid;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.einvoice.EInvoices;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.Section;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.premises.Premises;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The customer's contracts.
 */
@RestController
final class ContractController {

	private final Contracts contracts;

	private final EInvoices eInvoices;

	private final Premises premises;

	private final JsonMapper json;

	ContractController(Contracts contracts, EInvoices eInvoices, Premises premises, JsonMapper json) {
		this.contracts = contracts;
		this.eInvoices = eInvoices;
		this.premises = premises;
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
	 * One contract, with the place it delivers to. It is shown also while billing or CRM
	 * cannot say everything: what is not known at the moment is left out.
	 * @param customer who asks
	 * @param id its number, with its leading zeros
	 * @return the contract and its age
	 */
	@GetMapping("/v1/contracts/{id}")
	@Answers({ ProblemCode.CONTRACT_NOT_FOUND, ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE,
			ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<Section<ContractDetail>>>> contract(@AuthenticationPrincipal Customer customer,
			@PathVariable String id) {
		return this.contracts.of(customer)
			.flatMap((portfolio) -> detail(customer, portfolio.value(), id)
				.map((detail) -> portfolio.map((all) -> detail)))
			.map((detail) -> Rendition.of(this.json, Section.of(detail)).ok());
	}

	/** Asks three things at once, each to its end. */
	private Mono<ContractDetail> detail(Customer customer, Portfolio portfolio, String id) {
		Contract contract = portfolio.find(id);
		Portfolio.Place place = portfolio.place(contract);
		return Mono.zip(ifKnown(this.eInvoices.on(customer, contract.contractAccountId())),
				ifKnown(Mono.justOrEmpty(place.premiseId()).flatMap((premise) -> this.premises.of(customer, premise))),
				ifKnown(Mono.justOrEmpty(place.pointId())
					.flatMap((point) -> this.premises.pointOfDelivery(customer, point))))
			.map((parts) -> new ContractDetail(contract.withEInvoice(parts.getT1().orElse(null)),
					parts.getT2().orElse(null), parts.getT3().orElse(null)));
	}

	/** The contract is shown also while a system cannot say the rest. */
	private static <T> Mono<Optional<T>> ifKnown(Mono<T> part) {
		return part.map(Optional::of).onErrorReturn(Problem.class, Optional.empty()).defaultIfEmpty(Optional.empty());
	}

	/**
	 * Switches the e-invoice of a contract on or off. It is kept by payer number: all
	 * contracts that are billed together are switched. To switch it to what it is already
	 * changes nothing.
	 * @param customer who wants it
	 * @param id number of the contract, with its leading zeros
	 * @param body on or off
	 * @return what it is from now on
	 */
	@PutMapping("/v1/contracts/{id}/e-invoice")
	@Answers({ ProblemCode.CONTRACT_NOT_FOUND, ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE,
			ProblemCode.CRM_REFUSED, ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<EInvoice>> switchEInvoice(@AuthenticationPrincipal Customer customer, @PathVariable String id,
			@Valid @RequestBody Mono<EInvoiceRequest> body) {
		return body
			.flatMap((wanted) -> this.contracts.find(customer, id)
				.flatMap((contract) -> this.eInvoices.set(customer, contract.contractAccountId(), wanted.enabled())
					.thenReturn(new EInvoice(contract.id(), contract.contractAccountId(), wanted.enabled()))))
			.map((eInvoice) -> ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(eInvoice));
	}

	/**
	 * Switches the e-invoice.
	 *
	 * @param enabled on or off
	 */
	record EInvoiceRequest(@NotNull Boolean enabled) {
	}

	/**
	 * How documents come.
	 *
	 * @param contractId the contract that was asked for
	 * @param contractAccountId the payer number, for all of whose contracts it holds
	 * @param enabled whether they come as e-invoices
	 */
	record EInvoice(@Schema(example = "0030009001") String contractId,
			@Schema(example = "000200009001") String contractAccountId, boolean enabled) {
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
