package pl.bramka.gateway.contracts;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * From what CRM writes to what the app may show.
 */
class PortfolioTests {

	private static final String PLAIN = attribute("TARIFF", "G11");

	private final JsonMapper json = JsonMapper.builder().build();

	private static String attribute(String id, String value) {
		return "{\"__metadata\":{},\"AttributeID\":\"" + id + "\",\"Value\":\"" + value + "\"}";
	}

	private static String item(String id, String account, String type, String division, String... attributes) {
		return """
				{"__metadata":{"uri":"…"},"ContractID":"%s","Description":"Prąd","ContractStartDate":"/Date(1774742400000)/",
				"ContractEndDate":null,"AccountID":"1000000045","BusinessAgreementID":"%s","ProductID":"EL","DivisionID":"%s",
				"MeterNumber":"90100451","ZZCampaign":"",
				"Product":{"ProductID":"EL","Description":"Prąd standard","ZZProductFamily":"EL"},
				"Attributes":{"results":[%s,%s]}}"""
			.formatted(id, account, division, attribute("CONTRACT_TYPE", type), String.join(",", attributes));
	}

	private Portfolio portfolio(String... items) {
		return Portfolio.of(Arrays.stream(items).map(this::read).map(CrmContracts.ContractItem::item).toList());
	}

	private CrmContracts.ContractItem read(String item) {
		return this.json.readValue(item, CrmContracts.ContractItem.class);
	}

	@Test
	void showsAContract() {
		Portfolio portfolio = portfolio(item("0030000451", "000200000451", "COMPREHENSIVE", "01",
				attribute("PRICE_GUARANTEE_UNTIL", "2027-03-28"), attribute("TELERACHUNEK", "X"),
				attribute("TARIFF", "G12")));
		assertThat(portfolio.contracts()).containsExactly(new Contract("0030000451", ContractKind.COMPREHENSIVE,
				Medium.ELECTRICITY, "Prąd", "Prąd standard", "G12", LocalDate.of(2027, 3, 28), true, "000200000451",
				true, LocalDate.of(2026, 3, 29), null, null));
		assertThat(portfolio.accounts())
			.containsExactly(new ContractAccount("000200000451", Set.of(Medium.ELECTRICITY)));
	}

	@Test
	void knowsWhereContractsDeliverAndNothingOfOtherPlaces() {
		String place = "\"MeterNumber\":\"90100451\",\"PremiseID\":\"%s\",\"PointOfDeliveryGUID\":\"%s\"";
		String meter = "\"MeterNumber\":\"90100451\"";
		Portfolio portfolio = portfolio(
				item("0030000451", "000200000451", "SALES", "01", PLAIN).replace(meter,
						place.formatted("0050000045", "g")),
				item("0030000452", "000200000452", "DISTRIBUTION", "01", PLAIN).replace(meter,
						place.formatted("0050000452", "h")),
				item("0030000453", "000200000453", "SALES", "01", PLAIN).replace(meter, place.formatted("", " ")),
				item("0030000454", "000200000454", "SALES", "01", PLAIN));
		assertThat(portfolio.places().keySet()).containsExactlyInAnyOrder("0030000451", "0030000453", "0030000454");
		assertThat(portfolio.contracts().stream().map(portfolio::place)).containsExactly(
				new Portfolio.Place("0050000045", "g"), new Portfolio.Place(null, null),
				new Portfolio.Place(null, null));
	}

	@Test
	void knowsNoDistributionContract() {
		Portfolio portfolio = portfolio(item("0030000452", "000200000452", "DISTRIBUTION", "01", PLAIN),
				item("0030000451", "000200000451", "SALES", "01", PLAIN));
		assertThat(portfolio.contracts()).extracting(Contract::id).containsExactly("0030000451");
		assertThat(portfolio.accounts()).extracting(ContractAccount::id).containsExactly("000200000451");
		assertThat(portfolio.find("0030000451").id()).isEqualTo("0030000451");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> portfolio.find("0030000452"))
			.returns(ProblemCode.CONTRACT_NOT_FOUND, Problem::code);
	}

	@Test
	void showsTheSalesContractButNotTheDocumentsOfAMixedPayerNumber() {
		Portfolio portfolio = portfolio(item("0030000451", "000200000451", "SALES", "01", PLAIN),
				item("0030000452", "000200000451", "DISTRIBUTION", "01", PLAIN));
		assertThat(portfolio.contracts()).singleElement().returns(false, Contract::invoicesAvailable);
		assertThat(portfolio.accounts()).isEmpty();
	}

	@Test
	void knowsNoKindThatCrmMayInvent() {
		assertThat(portfolio(item("1", "2", "SERVICE", "01", PLAIN), item("3", "4", "SALES", "03", PLAIN)).contracts())
			.isEmpty();
	}

	@Test
	void ordersByNumberWhateverOrderCrmAnswersIn() {
		Portfolio portfolio = portfolio(item("0030000002", "000200000002", "SALES", "02", PLAIN),
				item("0030000001", "000200000001", "SALES", "01", PLAIN),
				item("0030000003", "000200000001", "SALES", "02", PLAIN));
		assertThat(portfolio.contracts()).extracting(Contract::id)
			.containsExactly("0030000001", "0030000002", "0030000003");
		assertThat(portfolio.accounts()).containsExactly(
				new ContractAccount("000200000001", Set.of(Medium.ELECTRICITY, Medium.GAS)),
				new ContractAccount("000200000002", Set.of(Medium.GAS)));
	}

	@Test
	void doesNotTakeAContractWithoutItsKindForNone() {
		CrmContracts.ContractItem item = read(item("1", "2", "", "01", PLAIN));
		assertThatNullPointerException().isThrownBy(item::item);
	}

	@Test
	void takesAnEmptyAttributeForNone() {
		Portfolio portfolio = portfolio(
				item("1", "2", "SALES", "01", attribute("PRICE_GUARANTEE_UNTIL", ""), attribute("TELERACHUNEK", "")));
		assertThat(portfolio.contracts()).singleElement()
			.returns(null, Contract::priceGuaranteeUntil)
			.returns(false, Contract::telerachunek)
			.returns(null, Contract::tariff);
	}

	@Test
	void takesTheLastDayOfTimeForNone() {
		String forever = item("1", "2", "SALES", "01", PLAIN).replace("\"ContractEndDate\":null",
				"\"ContractEndDate\":\"/Date(253402214400000)/\"");
		assertThat(portfolio(forever).contracts()).singleElement().returns(null, Contract::validTo);
	}

}
