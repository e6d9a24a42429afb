package pl.bramka.mocks.personas;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What one payer number stands for: contracts that are billed and paid together.
 *
 * @param id the payer number
 * @param description what the customer calls it
 * @param eInvoice whether documents are delivered paperless
 * @param contracts the contracts billed here
 * @param history the rule behind the settled documents of the past, if there are any
 * @param documents documents written out one by one
 */
public record ContractAccount(String id, String description, boolean eInvoice, List<Contract> contracts,
		@Nullable History history, List<Document> documents) {

	@SuppressWarnings("ConstantValue")
	public ContractAccount {
		Stream<Document> past = (history != null) ? history.documents().stream() : Stream.empty();
		Stream<Document> written = (documents != null) ? documents.stream() : Stream.empty();
		documents = Stream.concat(past, written).toList();
	}

}
