package pl.bramka.gateway.readings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import pl.bramka.gateway.database.Database;
import pl.bramka.gateway.Json;
import pl.bramka.gateway.meters.Meters;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.phone.Phone;
import pl.bramka.mocks.UpstreamName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who is signed in and reads a meter.
 *
 * @param phone theirs
 * @param meter the meter
 */
record Reader(Phone phone, String meter) {

	/** Day and night, and in the billing month. */
	static final String ANNAS = "000000000010000421";

	/** One register, and never billed. */
	static final String JANS = "000000000010000431";

	private static final String POSTED = "UMC/MeterReadingResults";

	/** A persona on a new phone. */
	static Reader of(TestGateway gateway, String persona, String meter) {
		return new Reader(gateway.signedIn(persona), meter);
	}

	/** The same phone at another node. */
	Reader at(TestGateway node) {
		return new Reader(node.movedHere(this.phone), this.meter);
	}

	/** Nobody has read anything. */
	static void begin(TestGateway node) {
		node.mocks().reset();
		Database database = node.bean(Database.class);
		for (String table : List.of("meter_reading", "idempotency_key")) {
			database.step(database.sql("delete from " + table).then()).block(Duration.ofSeconds(5));
		}
		node.mocks()
			.personas()
			.all()
			.forEach((persona) -> node.bean(Meters.class)
				.dropEverywhere(persona.accountId())
				.block(Duration.ofSeconds(5)));
	}

	/** How often billing was told; once more where its handshake was too old. */
	static int told(TestGateway node) {
		return (int) node.mocks()
			.received(UpstreamName.BILLING, POSTED)
			.stream()
			.filter((request) -> request.getMethod().value().equals("POST"))
			.count();
	}

	/** Under a new key. */
	HttpResponse<String> reads(String... values) {
		return reads(UUID.randomUUID().toString(), false, values);
	}

	/** Values as {@code 001=18400}. */
	HttpResponse<String> reads(String key, boolean sure, String... values) {
		List<Map.Entry<String, BigDecimal>> read = new ArrayList<>();
		for (String value : values) {
			String[] parts = value.split("=", -1);
			read.add(Map.entry(parts[0], new BigDecimal(parts[1])));
		}
		try {
			return this.phone.read(this.meter, key, sure, read);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The list of readings. */
	JsonNode readings(String... headers) {
		try {
			HttpResponse<String> answer = this.phone.readings(this.meter, headers);
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
			return Json.of(answer);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A reading that was given here, once it is in a state. */
	JsonNode eventually(String receipt, String state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(50))
			.until(() -> given(receipt).path("state").asString("").equals(state));
		return given(receipt);
	}

	/** Missing if it is not listed. */
	private JsonNode given(String receipt) {
		return readings().get("items")
			.valueStream()
			.filter((reading) -> reading.path("id").asString("").equals(receipt))
			.findFirst()
			.orElseGet(MissingNode::getInstance);
	}

}
