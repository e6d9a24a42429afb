package pl.bramka.mocks.crm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import pl.bramka.mocks.personas.Contract;
import pl.bramka.mocks.personas.ContractType;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.Row;
import pl.bramka.mocks.sap.SapFault;

/**
 * The kinds of contracts that a person has over all accounts. One person may have
 * several; the PESEL tells that they are the same, and never leaves this class.
 */
final class ContractTypes {

	private final Map<String, Set<ContractType>> byAccount = new HashMap<>();

	ContractTypes(Personas personas) {
		Map<String, Set<ContractType>> byPerson = new HashMap<>();
		for (Persona persona : personas.all()) {
			String person = (persona.pesel() != null) ? persona.pesel() : persona.accountId();
			Set<ContractType> types = byPerson.computeIfAbsent(person, (unused) -> new TreeSet<>());
			persona.contracts().stream().map(Contract::type).forEach(types::add);
			this.byAccount.put(persona.accountId(), types);
		}
	}

	List<Row> ofPerson(String accountId) {
		Set<ContractType> types = this.byAccount.get(accountId);
		if (types == null) {
			throw SapFault.absent("Account");
		}
		return types.stream().map((type) -> Row.of("ContractType", type.name())).toList();
	}

}
