package pl.bramka.gateway.premises;

import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.observability.Names;
import pl.bramka.gateway.upstream.OData;
import pl.bramka.gateway.upstream.ODataQuery;
import pl.bramka.gateway.upstream.Upstreams;

import org.springframework.stereotype.Component;

/**
 * Points of delivery as CRM tells them.
 */
@Component
final class CrmPoints {

	private final OData crm;

	private final Counter leftOut;

	CrmPoints(Upstreams upstreams, MeterRegistry meters) {
		this.crm = upstreams.crm();
		this.leftOut = meters.counter(Names.POINTS_LEFT_OUT);
	}

	/**
	 * The number, or nothing if CRM has none that is one. Whose the point is must be
	 * known before. A number that does not check is a mistake in one record, made by
	 * hand: it is left out and counted. Held against CRM as a garbled answer, it would
	 * open the breaker for everybody (decision 52).
	 */
	Mono<Optional<String>> number(Customer customer, String pointId) {
		return this.crm
			.one(ODataQuery.of("point-of-delivery", "PointOfDeliveries('{}')", pointId), Point.class,
					(point) -> point.number(pointId))
			.map(this::checked)
			.defaultIfEmpty(Optional.empty());
	}

	private Optional<String> checked(String number) {
		if (number.isEmpty()) {
			return Optional.empty();
		}
		if (!PpeNumber.isOne(number)) {
			this.leftOut.increment();
			return Optional.empty();
		}
		return Optional.of(number);
	}

	@JsonIgnoreProperties(ignoreUnknown = true)
	record Point(@JsonProperty("PointOfDeliveryID") @Nullable String id,
			@JsonProperty("ExternalID") @Nullable String externalId) {

		/**
		 * What CRM wrote, empty while the network operator has given none. An answer
		 * about another point is garbled.
		 */
		String number(String askedFor) {
			if (!askedFor.equals(this.id)) {
				throw new IllegalArgumentException("a point of delivery that was not asked for");
			}
			return Objects.requireNonNull(this.externalId, "ExternalID").strip();
		}

		/** It leads to a household. */
		@Override
		public String toString() {
			return "Point";
		}

	}

}
