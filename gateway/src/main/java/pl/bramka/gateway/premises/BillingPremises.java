package pl.bramka.gateway.premises;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
 * Premises as billing tells them.
 */
@Component
final class BillingPremises {

	private final OData billing;

	BillingPremises(Upstreams upstreams) {
		this.billing = upstreams.billing();
	}

	/** Empty if billing has no such premise. Whose it is must be known before. */
	Mono<Premise> premise(Customer customer, String premiseId) {
		return this.billing.one(ODataQuery.of("premise", "Premises('{}')", premiseId), Place.class,
				(place) -> place.premise(premiseId));
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Place(@JsonProperty("PremiseID") @Nullable String id,
			@JsonProperty("AddressInfo") @Nullable AddressInfo address) {

		/** An answer about another place is garbled, whatever made billing give it. */
		Premise premise(String askedFor) {
			if (!askedFor.equals(this.id)) {
				throw new IllegalArgumentException("a premise that was not asked for");
			}
			return Objects.requireNonNull(this.address, "AddressInfo").premise();
		}

	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record AddressInfo(@JsonProperty("City") @Nullable String city,
			@JsonProperty("PostalCode") @Nullable String postalCode, @JsonProperty("Street") @Nullable String street,
			@JsonProperty("HouseNo") @Nullable String houseNo, @JsonProperty("RoomNo") @Nullable String roomNo,
			@JsonProperty("ShortForm") @Nullable String shortForm) {

		Premise premise() {
			String place = Objects.requireNonNull(text(this.city), "City");
			String code = Objects.requireNonNull(text(this.postalCode), "PostalCode");
			@Nullable String line = text(this.shortForm);
			return new Premise((line != null) ? line : line(place, code), place, code, text(this.street),
					text(this.houseNo), text(this.roomNo));
		}

		/**
		 * Where billing has no short form: village houses have a number and no street.
		 */
		private String line(String place, String code) {
			String number = joined("/", text(this.houseNo), text(this.roomNo));
			return joined(", ", joined(" ", text(this.street), number), code + ' ' + place);
		}

		private static String joined(String between, @Nullable String... parts) {
			return Stream.of(parts)
				.filter((part) -> part != null && !part.isEmpty())
				.collect(Collectors.joining(between));
		}

		/** Billing leaves empty what there is not. */
		private static @Nullable String text(@Nullable String value) {
			return (value != null && !value.isBlank()) ? value.strip() : null;
		}

		/** An address must not end up in a log. */
		@Override
		public String toString() {
			return "AddressInfo";
		}

	}

}
