package pl.bramka.gateway.account;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * Accounts as CRM tells them.
 */
@Component
final class CrmAccounts {

	private final OData crm;

	CrmAccounts(Upstreams upstreams) {
		this.crm = upstreams.crm();
	}

	/** Empty if CRM has no such account. */
	Mono<Profile> profile(Customer customer) {
		return this.crm.one(ODataQuery.of("account", "Accounts('{}')", customer.id()), Account.class, Account::profile);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Account(@JsonProperty("FirstName") @Nullable String firstName,
			@JsonProperty("LastName") @Nullable String lastName, @JsonProperty("FullName") @Nullable String fullName) {

		Profile profile() {
			String first = Objects.requireNonNullElse(this.firstName, "");
			String last = Objects.requireNonNullElse(this.lastName, "");
			return new Profile(first, last, Objects.requireNonNullElse(this.fullName, (first + ' ' + last).strip()));
		}

	}

}
