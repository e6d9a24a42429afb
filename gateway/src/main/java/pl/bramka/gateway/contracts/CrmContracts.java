package pl.bramka.gateway.contracts;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataDate;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * Contracts as CRM tells them.
 */
@Component
final class CrmContracts {

	private static final String ITEMS = "Accounts('{}')/ContractItems?$expand=Product,Attributes";

	private static final String ACCOUNT = "Accounts('{}')";

	private static final String TYPES = "ContractTypesByPerson?AccountID='{}'";

	private final OData crm;

	CrmContracts(Upstreams upstreams) {
		this.crm = upstreams.crm();
	}

	Mono<Portfolio> of(Customer customer) {
		return this.crm.many(ODataQuery.of("contracts", ITEMS, customer.id()), ContractItem.class, ContractItem::item)
			.map(Portfolio::of);
	}

	/** Empty if CRM has no such account. */
	Mono<Boolean> isPerson(String accountId) {
		return this.crm.one(ODataQuery.of("account-type", ACCOUNT, accountId), Account.class, Account::isPerson);
	}

	/** Whether the same person has, over all accounts, any contract for the app. */
	Mono<Boolean> hasContractForTheApp(String accountId) {
		return this.crm
			.many(ODataQuery.of("contract-types", TYPES, accountId), PersonContract.class, PersonContract::isForTheApp)
			.map((types) -> types.contains(true));
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Account(@JsonProperty("AccountTypeID") String typeId) {

		/** 1 is a person, 2 an organisation. */
		boolean isPerson() {
			return Objects.requireNonNull(this.typeId).equals("1");
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record PersonContract(@JsonProperty("ContractType") String type) {

		boolean isForTheApp() {
			return ContractKind.of(this.type) != null;
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record ContractItem(@JsonProperty("ContractID") String id,
			@JsonProperty("Description") @Nullable String description,
			@JsonProperty("ContractStartDate") String startDate,
			@JsonProperty("ContractEndDate") @Nullable String endDate,
			@JsonProperty("BusinessAgreementID") String contractAccountId, @JsonProperty("DivisionID") String division,
			@JsonProperty("PremiseID") @Nullable String premiseId,
			@JsonProperty("PointOfDeliveryGUID") @Nullable String pointId,
			@JsonProperty("Product") @Nullable Product product, @JsonProperty("Attributes") Attributes attributes) {

		/** SAP's way to say "open-ended". */
		private static final LocalDate FOREVER = LocalDate.of(9999, 12, 31);

		/** A contract without its kind is garbled: it must not look like none. */
		Portfolio.Item item() {
			@Nullable String type = this.attributes.value("CONTRACT_TYPE");
			@Nullable ContractKind kind = ContractKind.of(Objects.requireNonNull(type, "CONTRACT_TYPE"));
			@Nullable Medium medium = Medium.of(this.division);
			return new Portfolio.Item(Objects.requireNonNull(this.contractAccountId),
					(kind != null && medium != null) ? contract(kind, medium) : null,
					new Portfolio.Place(text(this.premiseId), text(this.pointId)));
		}

		private static @Nullable String text(@Nullable String value) {
			return (value != null && !value.isBlank()) ? value : null;
		}

		private Contract contract(ContractKind kind, Medium medium) {
			@Nullable String guarantee = this.attributes.value("PRICE_GUARANTEE_UNTIL");
			@Nullable LocalDate end = (this.endDate != null) ? ODataDate.date(this.endDate) : null;
			return new Contract(Objects.requireNonNull(this.id), kind, medium,
					Objects.requireNonNullElse(this.description, ""), (this.product != null) ? this.product.name() : "",
					this.attributes.value("TARIFF"), (guarantee != null) ? LocalDate.parse(guarantee) : null,
					"X".equals(this.attributes.value("TELERACHUNEK")), this.contractAccountId, true,
					ODataDate.date(this.startDate), FOREVER.equals(end) ? null : end, null);
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Product(@JsonProperty("ProductID") @Nullable String id,
			@JsonProperty("Description") @Nullable String description) {

		String name() {
			return Objects.requireNonNullElse((this.description != null) ? this.description : this.id, "");
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Attributes(List<Attribute> results) {

		/** The value of an attribute; CRM also leaves it empty to say that it is none. */
		@Nullable String value(String id) {
			return this.results.stream()
				.filter((attribute) -> id.equals(attribute.id()))
				.map(Attribute::value)
				.filter((value) -> value != null && !value.isBlank())
				.findFirst()
				.orElse(null);
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Attribute(@JsonProperty("AttributeID") String id, @JsonProperty("Value") @Nullable String value) {
	}

}
