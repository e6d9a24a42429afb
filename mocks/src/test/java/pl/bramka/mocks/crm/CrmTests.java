package pl.bramka.mocks.crm;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.personas.Persona;
import pl.bramka.mocks.personas.Personas;
import pl.bramka.mocks.sap.SapCaller;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class CrmTests {

	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-10-15T10:00:00Z"), ZoneOffset.UTC);

	private static final Personas PERSONAS = Personas.load(CLOCK);

	private static final String EMAILS = "Accounts('1000000043')/AccountAddressIndependentEmails";

	private final Crm crm = new Crm(PERSONAS, CLOCK);

	private final SapCaller caller = new SapCaller(Crm.BASE_PATH, this.crm::answer);

	@AfterEach
	void stop() {
		this.caller.close();
	}

	@Test
	void showsAContractWithProductAndAttributes() {
		List<JsonNode> items = this.caller
			.list("Accounts('1000000042')/ContractItems?$expand=Product,Attributes,PointOfDelivery");
		JsonNode electricity = items.getFirst();
		assertThat(electricity.path("BusinessAgreementID").stringValue()).isEqualTo("000200000421");
		assertThat(electricity.path("MeterNumber").stringValue()).isEqualTo("90100421");
		assertThat(electricity.at("/Product/ProductID").stringValue()).isEqualTo("EL_GWARANCJA_36");
		assertThat(electricity.at("/PointOfDelivery/ExternalID").stringValue()).isEqualTo("590322400000004216");
		assertThat(electricity.at("/Attributes/results")
			.valueStream()
			.map((attribute) -> attribute.path("AttributeID").stringValue() + "="
					+ attribute.path("Value").stringValue()))
			.containsExactly("CONTRACT_TYPE=COMPREHENSIVE", "PRICE_GUARANTEE_UNTIL=2027-11-29", "TELERACHUNEK=X",
					"TARIFF=G12");
	}

	@Test
	void leavesOutAGuaranteeThatWasNeverSold() {
		assertThat(this.caller.texts("ContractItems('0030000431')/Attributes", "AttributeID"))
			.containsExactly("CONTRACT_TYPE", "TELERACHUNEK", "TARIFF");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Accounts", "ContractItems", "Products", "ContractItemAttributes", "PointOfDeliveries",
			"AccountAddresses", "AccountAddressIndependentEmails", "AccountAddressIndependentMobilePhones" })
	void servesTheSetAndEachEntityUnderItsOwnAddress(String set) {
		JsonNode first = this.caller.list(set + "?$top=1").getFirst();
		String uri = first.path("__metadata").path("uri").stringValue();
		assertThat(this.caller.get(uri.substring(uri.indexOf(set, uri.indexOf("CRM_"))))).isEqualTo(first);
	}

	@Test
	void filtersContractItemsByStart() {
		assertThat(
				this.caller.texts(
						"Accounts('1000000048')/ContractItems?$filter="
								+ SapCaller.encoded("ContractStartDate lt datetime'2016-01-01T00:00:00'"),
						"ContractID"))
			.containsExactly("0030000481", "0030000482");
	}

	@Test
	void mistypesTheNumberOfAPointIfAsked() {
		try (SapCaller mistyped = new SapCaller(Crm.BASE_PATH,
				(request) -> this.crm.answer(request, FaultKind.WRONG_PPE))) {
			assertThat(this.caller.texts("PointOfDeliveries", "ExternalID")).contains("590322400000004216");
			assertThat(mistyped.texts("PointOfDeliveries", "ExternalID")).contains("590322400000004217")
				.doesNotContain("590322400000004216");
			assertThat(mistyped.texts("Accounts", "AccountID")).contains("1000000042");
		}
	}

	@Test
	void findsAPointOfDeliveryByItsNumber() {
		assertThat(this.caller
			.list("PointOfDeliveries?$filter=" + SapCaller.encoded("ExternalID eq '590322400000004216'"))).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "1000000042,COMPREHENSIVE", "1000000045,SALES DISTRIBUTION", "1000000046,DISTRIBUTION",
			"1000000047,COMPREHENSIVE", "1000000044,SALES COMPREHENSIVE" })
	void tellsTheContractTypesOfAPerson(String account, String types) {
		assertThat(this.caller.texts("ContractTypesByPerson?AccountID='" + account + "'", "ContractType"))
			.containsExactly(types.split(" "));
	}

	@Test
	void looksAtEveryAccountOfTheSamePerson() {
		Persona ewa = PERSONAS.byName("ewa");
		Persona other = PERSONAS.byName("piotr");
		Persona sameEwa = new Persona("ewa2", "ewa2@example.com", other.password(), "1000000099", other.subject(), true,
				"", other.accountType(), ewa.pesel(), null, "Ewa", "Dąbrowska", "", other.contractAccounts());
		Crm two = new Crm(Personas.of(List.of(ewa, sameEwa)), CLOCK);
		try (SapCaller both = new SapCaller(Crm.BASE_PATH, two::answer)) {
			assertThat(both.texts("ContractTypesByPerson?AccountID='1000000046'", "ContractType"))
				.containsExactly("SALES", "DISTRIBUTION");
		}
	}

	@Test
	void answers404AboutAPersonItDoesNotKnow() {
		HttpResponse<String> answer = this.caller
			.send(this.caller.request("ContractTypesByPerson?AccountID='1999999999'"));
		assertThat(answer.statusCode()).isEqualTo(404);
	}

	@Test
	void neverTellsAPesel() {
		List<String> numbers = PERSONAS.all().stream().map(Persona::pesel).filter(Objects::nonNull).toList();
		assertThat(numbers).hasSize(8);
		Stream
			.of("Accounts?$expand=ContractItems/Attributes,StandardAccountAddress,AccountAddressIndependentEmails",
					"AccountAddressIndependentMobilePhones", "ContractTypesByPerson?AccountID='1000000042'")
			.map((path) -> this.caller.send(this.caller.request(path)).body())
			.forEach((body) -> assertThat(body).doesNotContain(numbers));
	}

	@Test
	void movesTheStandardFlagToANewEmail() {
		HttpResponse<String> created = email("jan.nowy@example.com", true);
		assertThat(created.statusCode()).isEqualTo(201);
		assertThat(SapCaller.tree(created).at("/d/SequenceNo").stringValue()).isEqualTo("002");
		assertThat(this.caller.list(EMAILS))
			.extracting((email) -> email.path("Email").stringValue() + " " + email.path("StandardFlag").booleanValue())
			.containsExactly("jan@example.com false", "jan.nowy@example.com true");
		assertThat(this.caller
			.write("DELETE", "AccountAddressIndependentEmails(AccountID='1000000043',SequenceNo='001')", "")
			.statusCode()).isEqualTo(204);
		assertThat(this.caller.texts(EMAILS, "Email")).containsExactly("jan.nowy@example.com");
		assertThat(this.caller.texts("Accounts('1000000042')/AccountAddressIndependentEmails", "Email"))
			.containsExactly("anna@example.com");
		this.crm.reset();
		assertThat(this.caller.texts(EMAILS, "Email")).containsExactly("jan@example.com");
	}

	@Test
	void leavesTheStandardEmailAloneOtherwise() {
		assertThat(email("drugi@example.com", false).statusCode()).isEqualTo(201);
		assertThat(this.caller.list(EMAILS)).extracting((email) -> email.path("StandardFlag").booleanValue())
			.containsExactly(true, false);
	}

	@Test
	void showsWhatItAcceptedWhenToldTo() {
		this.crm.applyContactChangesLater(true);
		HttpResponse<String> created = email("jan.nowy@example.com", true);
		assertThat(created.statusCode()).isEqualTo(201);
		assertThat(SapCaller.tree(created).at("/d/SequenceNo").stringValue()).isEqualTo("002");
		assertThat(SapCaller.tree(email("jan.inny@example.com", true)).at("/d/SequenceNo").stringValue())
			.isEqualTo("003");
		assertThat(this.caller.texts(EMAILS, "Email")).containsExactly("jan@example.com");
		this.crm.applyContactChanges();
		assertThat(this.caller.list(EMAILS)).extracting((email) -> email.path("StandardFlag").booleanValue())
			.containsExactly(false, false, true);
		email("jan.ostatni@example.com", true);
		this.crm.reset();
		this.crm.applyContactChanges();
		assertThat(this.caller.texts(EMAILS, "Email")).containsExactly("jan@example.com");
	}

	@Test
	void mayKeepWhatItHad() {
		this.crm.leaveOldContactsFlagged(true);
		this.crm.keepFirstContacts(true);
		email("jan.nowy@example.com", true);
		assertThat(this.caller.list(EMAILS)).extracting((email) -> email.path("StandardFlag").booleanValue())
			.containsExactly(true, true);
		assertThat(SapCaller.code(this.caller.write("DELETE",
				"AccountAddressIndependentEmails(AccountID='1000000043',SequenceNo='001')", "")))
			.isEqualTo("AM/208");
	}

	@Test
	void refusesWhatIsNoContact() {
		assertThat(SapCaller.code(email("nobody", true))).isEqualTo("AM/206");
		assertThat(SapCaller.code(phone("12"))).isEqualTo("AM/206");
		assertThat(phone("+48 500 000 099").statusCode()).isEqualTo(201);
	}

	@Test
	void boundsTheContactsOfAnAccount() {
		for (int number = 1; number < 20; number++) {
			assertThat(email("jan" + number + "@example.com", false).statusCode()).isEqualTo(201);
		}
		assertThat(SapCaller.code(email("jan20@example.com", false))).isEqualTo("AM/207");
	}

	@Test
	void givesEveryMessageANumberOfItsOwn() {
		HttpResponse<String> first = message("Pytanie o fakturę");
		HttpResponse<String> same = message("Pytanie o fakturę");
		assertThat(first.statusCode()).isEqualTo(201);
		assertThat(ticket(first)).matches("0\\d{9}").isNotEqualTo(ticket(same));
		JsonNode record = this.caller.get("InteractionRecords('" + ticket(first) + "')");
		assertThat(record.path("ChannelID").stringValue()).isEqualTo("MOB");
		assertThat(record.path("Description").stringValue()).isEqualTo("Pytanie o fakturę");
		assertThat(this.caller.list("Accounts('1000000043')/InteractionRecords")).hasSize(2);
		assertThat(this.crm.messages()).containsExactly(ticket(first), ticket(same));
		this.crm.reset();
		assertThat(this.caller.list("InteractionRecords")).isEmpty();
	}

	@Test
	void refusesADescriptionOfMoreThan40Characters() {
		assertThat(message("x".repeat(40)).statusCode()).isEqualTo(201);
		assertThat(SapCaller.code(message("x".repeat(41)))).isEqualTo("CRM_IC/101");
	}

	private HttpResponse<String> email(String email, boolean standard) {
		return this.caller.write("POST", "AccountAddressIndependentEmails",
				"{\"AccountID\":\"1000000043\",\"Email\":\"" + email + "\",\"StandardFlag\":" + standard + "}");
	}

	private HttpResponse<String> phone(String phone) {
		return this.caller.write("POST", "AccountAddressIndependentMobilePhones",
				"{\"AccountID\":\"1000000043\",\"PhoneNo\":\"" + phone + "\",\"StandardFlag\":\"X\"}");
	}

	private HttpResponse<String> message(String description) {
		return this.caller.write("POST", "InteractionRecords",
				"{\"AccountID\":\"1000000043\",\"Description\":\"" + description
						+ "\",\"InteractionRecordReasonID\":\"0001\",\"ChannelID\":\"MOB\",\"Note\":\"Dzień dobry\"}");
	}

	private static String ticket(HttpResponse<String> answer) {
		return SapCaller.tree(answer).at("/d/InteractionRecordID").stringValue();
	}

}
