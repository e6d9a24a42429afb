package pl.bramka.gateway.contracts;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

/**
 * What the app may show of a customer's contracts.
 *
 * @param contracts by number
 * @param accounts the payer numbers whose documents may be shown, by number: those that
 * stand for nothing but such contracts
 * @param places where those contracts deliver, by the number of the contract
 */
public record Portfolio(List<Contract> contracts, List<ContractAccount> accounts, Map<String, Place> places) {

	private static final Place NOWHERE = new Place(null, null);

	static Portfolio of(List<Item> items) {
		Set<String> mixed = new HashSet<>();
		TreeMap<String, EnumSet<Medium>> media = new TreeMap<>();
		for (Item item : items) {
			if (item.contract() == null) {
				mixed.add(item.contractAccountId());
			}
			else {
				media.computeIfAbsent(item.contractAccountId(), (id) -> EnumSet.noneOf(Medium.class))
					.add(item.contract().medium());
			}
		}
		List<Contract> contracts = items.stream()
			.map(Item::contract)
			.filter(Objects::nonNull)
			.map((contract) -> mixed.contains(contract.contractAccountId()) ? contract.withoutInvoices() : contract)
			.sorted(Comparator.comparing(Contract::id))
			.toList();
		List<ContractAccount> accounts = media.entrySet()
			.stream()
			.filter((account) -> !mixed.contains(account.getKey()))
			.map((account) -> new ContractAccount(account.getKey(), Set.copyOf(account.getValue())))
			.toList();
		Map<String, Place> places = items.stream()
			.filter((item) -> item.contract() != null)
			.collect(Collectors.toUnmodifiableMap((item) -> Objects.requireNonNull(item.contract()).id(), Item::place,
					(one, other) -> one));
		return new Portfolio(contracts, accounts, places);
	}

	/**
	 * A contract by number.
	 * @param id the number
	 * @return the contract
	 * @throws Problem {@code contract-not-found}, and nothing that would tell whether it
	 * does not exist, is somebody else's, or may not be shown
	 */
	public Contract find(String id) {
		return this.contracts.stream()
			.filter((contract) -> contract.id().equals(id))
			.findFirst()
			.orElseThrow(() -> Problem.of(ProblemCode.CONTRACT_NOT_FOUND));
	}

	/** Where a contract delivers. */
	Place place(Contract contract) {
		return this.places.getOrDefault(contract.id(), NOWHERE);
	}

	/**
	 * What CRM holds under a payer number.
	 *
	 * @param contractAccountId the payer number
	 * @param contract the contract, or nothing if it does not exist for the app
	 * @param place where it delivers
	 */
	record Item(String contractAccountId, @Nullable Contract contract, Place place) {
	}

	/**
	 * Where a contract delivers, in the words of the systems that know more of it.
	 *
	 * @param premiseId the premise at billing; null if CRM names none
	 * @param pointId the point of delivery at CRM; null if CRM names none
	 */
	public record Place(@Nullable String premiseId, @Nullable String pointId) {
	}

}
