package pl.bramka.gateway.premises;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * From what billing and CRM write of a place to what is shown.
 */
class PremisesTests {

	private static final String PREMISE = """
			{"__metadata":{"type":"ERP_UTILITIES_UMC.Premise"},"PremiseID":"0050000042","AddressInfo":{"City":"Gliwice",
			"PostalCode":"44-100","Street":"Lipowa","HouseNo":"7","RoomNo":"3","ShortForm":"Lipowa 7/3, 44-100 Gliwice",
			"ZZDistrict":"Śródmieście"},"ZZRegion":"PL-24"}""";

	private static final String POINT = """
			{"__metadata":{"type":"CRM_UTILITIES_UMC.PointOfDelivery"},"PointOfDeliveryID":"guid-1",
			"ExternalID":"590322400000004216","ZZGrid":"PL"}""";

	private final JsonMapper json = JsonMapper.builder().build();

	private Premise premise(String wire) {
		return this.json.readValue(wire, BillingPremises.Place.class).premise("0050000042");
	}

	private CrmPoints.Point point(String wire) {
		return this.json.readValue(wire, CrmPoints.Point.class);
	}

	private static String without(String... fields) {
		String wire = PREMISE;
		for (String field : fields) {
			wire = wire.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"\"");
		}
		return wire;
	}

	@Test
	void showAnAddress() {
		assertThat(premise(PREMISE))
			.isEqualTo(new Premise("Lipowa 7/3, 44-100 Gliwice", "Gliwice", "44-100", "Lipowa", "7", "3"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			ShortForm               | Lipowa 7/3, 44-100 Gliwice | Lipowa | 7 | 3
			ShortForm,RoomNo        | Lipowa 7, 44-100 Gliwice   | Lipowa | 7 | -
			ShortForm,Street,RoomNo | 7, 44-100 Gliwice          | -      | 7 | -
			ShortForm,HouseNo,RoomNo | Lipowa, 44-100 Gliwice    | Lipowa | - | -
			ShortForm,Street,HouseNo,RoomNo | 44-100 Gliwice     | -      | - | -
			RoomNo                  | Lipowa 7/3, 44-100 Gliwice | Lipowa | 7 | -
			""")
	void leaveOutWhatAnAddressHasNot(String fields, String line, @Nullable String street, @Nullable String house,
			@Nullable String room) {
		assertThat(premise(without(fields.split(",", -1))))
			.isEqualTo(new Premise(line, "Gliwice", "44-100", street, house, room));
	}

	@ParameterizedTest
	@ValueSource(strings = { "City", "PostalCode" })
	void takeAnAddressWithoutItsPlaceForGarbled(String field) {
		assertThatNullPointerException().isThrownBy(() -> premise(without(field)));
		assertThatNullPointerException().isThrownBy(() -> premise("{\"PremiseID\":\"0050000042\"}"));
	}

	@Test
	void takeAnotherPlaceForGarbled() {
		assertThatIllegalArgumentException().isThrownBy(() -> premise(PREMISE.replace("0050000042", "0050000043")));
		assertThatIllegalArgumentException().isThrownBy(() -> premise("{}"));
		assertThatIllegalArgumentException().isThrownBy(() -> point(POINT).number("guid-2"));
		assertThatIllegalArgumentException().isThrownBy(() -> point("{}").number("guid-1"));
	}

	@Test
	void readTheNumberOfAPoint() {
		assertThat(point(POINT).number("guid-1")).isEqualTo("590322400000004216");
		assertThat(point(POINT.replace("590322400000004216", " ")).number("guid-1")).isEmpty();
		assertThatNullPointerException().isThrownBy(() -> point("{\"PointOfDeliveryID\":\"guid-1\"}").number("guid-1"));
	}

	@Test
	void sayNothingInALog() {
		assertThat(premise(PREMISE)).hasToString("Premise");
		assertThat(this.json.readValue(PREMISE, BillingPremises.Place.class).toString()).doesNotContain("Lipowa");
		assertThat(point(POINT).toString()).doesNotContain("5903");
	}

}
