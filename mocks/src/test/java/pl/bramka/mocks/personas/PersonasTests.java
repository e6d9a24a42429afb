package pl.bramka.mocks.personas;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PersonasTests {

	/** Already the 15th in Warsaw, still the 14th in UTC. */
	private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-10-14T22:30:00Z"), ZoneOffset.UTC);

	private static final LocalDate TODAY = LocalDate.of(2026, 10, 15);

	private static final Personas PERSONAS = Personas.load(CLOCK);

	static Stream<Persona> all() {
		return PERSONAS.all().stream();
	}

	@Test
	void knowsAllNineInOrder() {
		assertThat(PERSONAS.all()).extracting(Persona::name)
			.containsExactly("anna", "jan", "maria", "piotr", "ewa", "firma", "tomek", "olga", "nowy");
	}

	@ParameterizedTest
	@MethodSource("all")
	void findsEachByNameEmailAndAccount(Persona persona) {
		assertThat(persona.email()).isEqualTo(persona.name() + "@example.com");
		assertThat(persona.password()).isEqualTo("Haslo-123!");
		assertThat(persona.situation()).endsWith(".");
		assertThat(persona.accountId()).matches("\\d{10}");
		assertThat(PERSONAS.byName(persona.name())).isSameAs(persona);
		assertThat(PERSONAS.byEmail(persona.email().toUpperCase(Locale.ROOT))).containsSame(persona);
		assertThat(PERSONAS.byAccount(persona.accountId())).containsSame(persona);
	}

	@Test
	void hasACrowdBehindThemInWhichNobodySharesANumber() {
		List<Persona> all = Personas.load(CLOCK, Crowd.MOST).all();
		assertThat(all).hasSize(PERSONAS.all().size() + Crowd.MOST);
		assertThat(all).extracting(Persona::name).startsWith("anna", "jan", "maria").contains("nowy", "anna110");
		assertThat(all).extracting(Persona::accountId).doesNotHaveDuplicates();
		assertThat(all).extracting(Persona::email).doesNotHaveDuplicates().contains("anna110@example.com");
		assertThat(all).extracting(Persona::subject).doesNotHaveDuplicates();
		List<Contract> contracts = all.stream().flatMap((each) -> each.contracts().stream()).toList();
		assertThat(contracts).extracting(Contract::id).doesNotHaveDuplicates();
		assertThat(contracts.stream().flatMap((each) -> each.meters().stream()).map(Meter::deviceId))
			.doesNotHaveDuplicates();
		assertThat(all.stream().skip(PERSONAS.all().size()).map(Persona::lastName)).doesNotHaveDuplicates();
		assertThatIllegalArgumentException().isThrownBy(() -> Crowd.files(Crowd.MOST + 1));
	}

	@Test
	void hasNobodyUnderAnUnknownName() {
		assertThatIllegalArgumentException().isThrownBy(() -> PERSONAS.byName("zofia"));
		assertThat(PERSONAS.byEmail("zofia@example.com")).isEmpty();
		assertThat(PERSONAS.byAccount("1999999999")).isEmpty();
	}

	@Test
	void usesEveryIdOnce() {
		assertUnique(Persona::accountId);
		assertUnique(Persona::subject);
		assertUnique(Persona::pesel);
		assertThat(accounts().map(ContractAccount::id)).doesNotHaveDuplicates().allMatch((id) -> id.startsWith("0"));
		assertThat(contracts().map(Contract::id)).doesNotHaveDuplicates().allMatch((id) -> id.startsWith("0"));
		assertThat(contracts().map(Contract::ppe)).doesNotHaveDuplicates();
		assertThat(contracts().flatMap((contract) -> contract.meters().stream()).map(Meter::deviceId))
			.doesNotHaveDuplicates()
			.allMatch((id) -> id.startsWith("0"));
		assertThat(accounts().flatMap((account) -> account.documents().stream()).map(Document::id))
			.doesNotHaveDuplicates()
			.allMatch((id) -> id.length() == 12 && id.startsWith("0"));
	}

	@Test
	void givesEveryPointOfDeliveryItsCheckDigit() {
		assertThat(contracts().map(Contract::ppe)).allSatisfy((ppe) -> {
			assertThat(ppe).matches("\\d{18}");
			int sum = IntStream.range(0, 17).map((at) -> (ppe.charAt(at) - '0') * ((at % 2 == 0) ? 3 : 1)).sum();
			assertThat(ppe.charAt(17) - '0').isEqualTo((10 - sum % 10) % 10);
		});
	}

	@Test
	void countsDaysFromTodayInWarsaw() {
		Contract electricity = PERSONAS.byName("anna").contracts().getFirst();
		assertThat(electricity.telerachunek()).isTrue();
		assertThat(electricity.meters().getFirst().nextRead()).isEqualTo(TODAY);
	}

	@Test
	void letsEverythingOfAnnaQualify() {
		Persona anna = PERSONAS.byName("anna");
		assertThat(anna.contractAccounts()).hasSize(2).allMatch(ContractAccount::eInvoice);
		assertThat(anna.contracts()).extracting(Contract::medium).containsExactly(Medium.ELECTRICITY, Medium.GAS);
		assertThat(anna.contracts()).allMatch(PersonasTests::guaranteed);
		assertThat(open(anna)).hasSize(2);
	}

	@Test
	void letsJanOweAnOverdueDocumentOnPaper() {
		Persona jan = PERSONAS.byName("jan");
		assertThat(jan.contractAccounts()).noneMatch(ContractAccount::eInvoice);
		assertThat(jan.contracts()).noneMatch(PersonasTests::guaranteed).noneMatch(Contract::telerachunek);
		assertThat(open(jan)).singleElement().matches((document) -> document.due().isBefore(TODAY));
	}

	@Test
	void letsOnlyTheElectricityOfMariaQualify() {
		assertThat(PERSONAS.byName("maria").contractAccounts()).extracting(ContractAccount::eInvoice)
			.containsExactly(true, false);
		assertThat(PERSONAS.byName("maria").contracts()).extracting(PersonasTests::guaranteed)
			.containsExactly(true, false);
	}

	@Test
	void keepsPiotrsDistributionOnAnAccountOfItsOwn() {
		assertThat(PERSONAS.byName("piotr").contractAccounts())
			.extracting((account) -> account.contracts().stream().map(Contract::type).toList())
			.containsExactly(List.of(ContractType.SALES), List.of(ContractType.DISTRIBUTION));
		assertThat(PERSONAS.byName("piotr").contractAccounts().get(1).documents()).hasSizeGreaterThan(1)
			.allMatch((document) -> document.description().contains("Niewidoczna"));
	}

	@Test
	void refusesTheRightOnes() {
		assertThat(PERSONAS.byName("ewa").contracts()).extracting(Contract::type)
			.containsExactly(ContractType.DISTRIBUTION);
		assertThat(PERSONAS.all()).filteredOn((persona) -> persona.accountType() == AccountType.ORGANISATION)
			.extracting(Persona::fullName)
			.containsExactly("Piekarnia Pod Lipą sp. z o.o.");
		assertThat(PERSONAS.all()).filteredOn((persona) -> !persona.fullySetUp())
			.extracting(Persona::name)
			.containsExactly("nowy");
	}

	@Test
	void writesTenYearsOfDocumentsForTomek() {
		Persona tomek = PERSONAS.byName("tomek");
		List<Document> documents = tomek.contractAccounts()
			.stream()
			.flatMap((account) -> account.documents().stream())
			.toList();
		assertThat(documents).hasSize(240);
		assertThat(documents.stream().map(Document::issued).min(Comparator.naturalOrder()))
			.hasValueSatisfying((first) -> assertThat(first).isBetween(TODAY.minusYears(10), TODAY.minusYears(9)));
		assertThat(documents).filteredOn((document) -> document.kind() == DocumentKind.CORRECTION)
			.singleElement()
			.matches((document) -> document.amount() < 0);
		assertThat(documents).filteredOn((document) -> document.kind() == DocumentKind.FORECAST).hasSize(1);
		assertThat(documents).filteredOn((document) -> document.kind() == DocumentKind.INTEREST_NOTE).hasSize(1);
		assertThat(tomek.contracts().stream().map((contract) -> contract.premise().id()).distinct()).hasSize(3);
		assertThat(tomek.contracts().stream().flatMap((contract) -> contract.meters().stream())).hasSize(5);
		assertThat(Personas.load(CLOCK).byName("tomek")).isEqualTo(tomek);
	}

	@Test
	void givesOlgaACurveAndADuplicateRow() {
		Contract contract = PERSONAS.byName("olga").contracts().getFirst();
		assertThat(contract.tariff()).isEqualTo("G12w");
		assertThat(contract.meters()).singleElement()
			.matches(Meter::duplicateRow)
			.matches((meter) -> meter.curve() != null);
	}

	private static boolean guaranteed(Contract contract) {
		return contract.priceGuaranteeUntil() != null && contract.priceGuaranteeUntil().isAfter(TODAY);
	}

	private static List<Document> open(Persona persona) {
		return persona.contractAccounts()
			.stream()
			.flatMap((account) -> account.documents().stream())
			.filter((document) -> document.status() == DocumentStatus.OPEN)
			.toList();
	}

	private static void assertUnique(Function<Persona, @Nullable Object> property) {
		assertThat(all().map(property).filter(Objects::nonNull)).doesNotHaveDuplicates();
	}

	private static Stream<ContractAccount> accounts() {
		return all().flatMap((persona) -> persona.contractAccounts().stream());
	}

	private static Stream<Contract> contracts() {
		return accounts().flatMap((account) -> account.contracts().stream());
	}

}
