package pl.bramka.gateway.contact;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.ODataWrite;
import pl.bramka.gateway.upstream.Refusal;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Contact data as CRM keeps it: several entries of each kind, one of which is the
 * standard one. An entry is never changed; another takes its place.
 */
@Component
final class CrmContacts {

	private static final String NONE = "there is no such entry";

	private final OData crm;

	CrmContacts(Upstreams upstreams) {
		this.crm = upstreams.crm();
	}

	/** All entries of a kind, in CRM's order. */
	Mono<List<ContactEntry>> entries(String customerId, ContactKind kind) {
		ODataQuery query = switch (kind) {
			case EMAIL -> ODataQuery.of("emails", "Accounts('{}')/AccountAddressIndependentEmails", customerId);
			case PHONE -> ODataQuery.of("phones", "Accounts('{}')/AccountAddressIndependentMobilePhones", customerId);
		};
		return this.crm.many(query, Wire.class, (wire) -> wire.entry(customerId, kind));
	}

	/** Makes a standard entry; its number. Whether CRM shows it yet is another matter. */
	Mono<String> create(String customerId, ContactKind kind, String value) {
		ODataWrite write = new ODataWrite((kind == ContactKind.EMAIL) ? "email-add" : "phone-add", HttpMethod.POST,
				set(kind), List.of(), Map.of("AccountID", customerId, (kind == ContactKind.EMAIL) ? "Email" : "PhoneNo",
						value, "StandardFlag", true));
		return this.crm.write(write, Wire.class, (wire) -> wire.entry(customerId, kind).number());
	}

	/** Removes an entry; one that is not there is removed. */
	Mono<Void> remove(String customerId, ContactKind kind, String number) {
		ODataWrite write = new ODataWrite((kind == ContactKind.EMAIL) ? "email-remove" : "phone-remove",
				HttpMethod.DELETE, set(kind) + "(AccountID='{}',SequenceNo='{}')", List.of(customerId, number),
				Map.of());
		return this.crm.write(write, Wire.class, (wire) -> NONE)
			.onErrorResume(Refusal.class, (refusal) -> (refusal.status() == 404) ? Mono.empty() : Mono.error(refusal))
			.then();
	}

	private static String set(ContactKind kind) {
		return (kind == ContactKind.EMAIL) ? "AccountAddressIndependentEmails"
				: "AccountAddressIndependentMobilePhones";
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Wire(@JsonProperty("AccountID") @Nullable String accountId,
			@JsonProperty("SequenceNo") @Nullable String number, @JsonProperty("Email") @Nullable String email,
			@JsonProperty("PhoneNo") @Nullable String phone, @JsonProperty("StandardFlag") @Nullable Boolean standard) {

		/** An answer about somebody else is garbled, whatever made CRM give it. */
		ContactEntry entry(String customerId, ContactKind kind) {
			if (!customerId.equals(this.accountId)) {
				throw new IllegalArgumentException("an entry of another customer");
			}
			return new ContactEntry(Objects.requireNonNull(this.number),
					Objects.requireNonNull((kind == ContactKind.EMAIL) ? this.email : this.phone),
					Boolean.TRUE.equals(this.standard));
		}

		/** Never the value. */
		@Override
		public String toString() {
			return "Wire";
		}

	}

}
