package pl.bramka.gateway.meters;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.customer.Customer;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.Rendition;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.problem.Answers;
import pl.bramka.gateway.problem.ProblemCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * The customer's meters.
 */
@RestController
final class MeterController {

	private final Meters meters;

	private final JsonMapper json;

	MeterController(Meters meters, JsonMapper json) {
		this.meters = meters;
		this.json = json;
	}

	/**
	 * The meters of all contracts that the app shows, by contract. Whether one may be
	 * read now is said by its reading options.
	 * @param customer who asks
	 * @param cacheControl {@code no-cache} is pull-to-refresh
	 * @return the meters and their age
	 */
	@GetMapping("/v1/meters")
	@Answers({ ProblemCode.BILLING_REFUSED, ProblemCode.BILLING_UNAVAILABLE, ProblemCode.CRM_REFUSED,
			ProblemCode.CRM_UNAVAILABLE, ProblemCode.DEADLINE_EXCEEDED })
	Mono<ResponseEntity<Rendition<MeterList>>> meters(@AuthenticationPrincipal Customer customer,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, required = false) @Nullable String cacheControl) {
		return this.meters.of(customer, Rendition.isWantedAnew(cacheControl))
			.map(MeterList::from)
			.map((list) -> Rendition.of(this.json, list).ok());
	}

	/**
	 * All meters of a customer.
	 *
	 * @param state fresh or stale
	 * @param asOf when billing said so
	 * @param items the meters, by contract and number
	 */
	record MeterList(State state, Instant asOf, List<MeterSummary> items) {

		static MeterList from(Aged<List<Meter>> meters) {
			return new MeterList(meters.state(), meters.asOf(),
					meters.value().stream().map(MeterSummary::from).toList());
		}

	}

	/**
	 * A meter.
	 *
	 * @param id its number, with its leading zeros
	 * @param contractId the contract it measures for
	 * @param medium what it measures
	 * @param serialNumber the number on its plate; empty if nobody knows it
	 * @param description what it is
	 * @param registers what it counts; none of a meter that was taken away
	 */
	record MeterSummary(@Schema(example = "000000000010009001") String id,
			@Schema(example = "0030009001") String contractId, Medium medium,
			@Schema(example = "90100901") String serialNumber,
			@Schema(example = "Licznik energii dwustrefowy") String description, List<RegisterSummary> registers) {

		static MeterSummary from(Meter meter) {
			return new MeterSummary(meter.id(), meter.contract().id(), meter.contract().medium(), meter.serialNumber(),
					meter.description(), meter.registers().stream().map(RegisterSummary::from).toList());
		}

	}

	/**
	 * A register of a meter.
	 *
	 * @param id its number on that meter
	 * @param type what it counts, by its OBIS code
	 * @param zone the same for people
	 * @param unit the unit it shows
	 */
	record RegisterSummary(@Schema(example = "001") String id, @Schema(example = "1.8.1") String type, Zone zone,
			@Schema(example = "kWh") String unit) {

		static RegisterSummary from(Register register) {
			return new RegisterSummary(register.id(), register.type(), register.zone(), register.unit());
		}

	}

}
