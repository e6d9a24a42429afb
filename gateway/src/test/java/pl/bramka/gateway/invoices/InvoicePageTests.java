package pl.bramka.gateway.invoices;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.claims.Claim;
import pl.bramka.gateway.claims.ClaimedDocuments;
import pl.bramka.gateway.contracts.ContractAccount;
import pl.bramka.gateway.contracts.Medium;
import pl.bramka.gateway.freshness.Aged;
import pl.bramka.gateway.freshness.State;
import pl.bramka.gateway.money.Money;
import pl.bramka.gateway.paging.Cursor;
import pl.bramka.gateway.problem.Problem;
import pl.bramka.gateway.problem.ProblemCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvoicePageTests {

	private static final LocalDate TODAY = LocalDate.of(2026, 10, 25);

	private static final ClaimedDocuments FREE = new ClaimedDocuments(Map.of(), Set.of(), true);

	private static final Instant NOW = Instant.parse("2026-10-25T00:30:00Z");

	private static final List<ContractAccount> ACCOUNTS = List.of(
			new ContractAccount("000200000481", Set.of(Medium.ELECTRICITY)),
			new ContractAccount("000200000482", Set.of(Medium.GAS)),
			new ContractAccount("000200000483", Set.of(Medium.ELECTRICITY, Medium.GAS)));

	/** 240 documents of three payer numbers; many share a date. */
	private final List<List<Document>> tomek = IntStream.range(0, 3)
		.mapToObj((account) -> documents(account, 80))
		.toList();

	private static List<Document> documents(int account, int count) {
		List<Document> documents = new ArrayList<>(IntStream.range(0, count)
			.mapToObj((i) -> document("0004%d%05d".formatted(account, i), TODAY.minusDays(i / 4 * 30L), i >= 5))
			.toList());
		Collections.shuffle(documents, new Random(account));
		return documents;
	}

	private static Document document(String id, LocalDate issuedOn, boolean settled) {
		Money amount = new Money(10_000, "PLN");
		return new Document(id, InvoiceSummary.Kind.INVOICE, "Faktura", issuedOn, issuedOn.plusDays(14), amount,
				settled ? Money.zero("PLN") : amount, settled, settled ? NotPayable.PAID : null, null);
	}

	private InvoicePage page(List<List<Document>> documents, InvoiceSummary.@Nullable Status state,
			@Nullable String cursor, int limit) {
		InvoiceQuery query = new InvoiceQuery(state, null, null, (cursor != null) ? Cursor.of(cursor) : null, limit);
		List<Documents> parts = documents.stream().map(Documents::of).toList();
		return InvoicePage.of(ACCOUNTS, new Aged<>(parts, NOW, State.FRESH), query, FREE, TODAY);
	}

	private static List<String> ids(InvoicePage page) {
		return page.items().stream().map(InvoiceSummary::id).toList();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 20, 80, 100 })
	void showsAllDocumentsOnceNewestFirst(int limit) {
		List<InvoiceSummary> seen = new ArrayList<>();
		InvoicePage page = page(this.tomek, null, null, limit);
		seen.addAll(page.items());
		while (page.nextCursor() != null) {
			page = page(this.tomek, null, page.nextCursor(), limit);
			assertThat(page.items()).isNotEmpty();
			seen.addAll(page.items());
		}
		assertThat(seen).hasSize(240).doesNotHaveDuplicates();
		assertThat(seen).isSortedAccordingTo((one, other) -> {
			int byDate = other.issuedOn().compareTo(one.issuedOn());
			return (byDate != 0) ? byDate : other.id().compareTo(one.id());
		});
	}

	@Test
	void showsNoneTwiceAndMissesNoneWhileNewOnesArrive() {
		List<String> before = ids(page(this.tomek, null, null, 100));
		List<List<Document>> growing = new ArrayList<>(this.tomek.stream().map(ArrayList<Document>::new).toList());
		List<String> seen = new ArrayList<>();
		@Nullable String cursor = null;
		int pages = 0;
		do {
			InvoicePage page = page(growing, null, cursor, 20);
			seen.addAll(ids(page));
			cursor = page.nextCursor();
			growing.get(pages % 3).add(document("0009%05d".formatted(pages), TODAY.plusDays(pages), false));
			pages++;
		}
		while (cursor != null);
		assertThat(pages).isEqualTo(12);
		assertThat(seen).hasSize(240).doesNotHaveDuplicates().startsWith(before.toArray(new String[0]));
	}

	@Test
	void goesOnAfterADocumentThatIsGone() {
		InvoicePage first = page(this.tomek, null, null, 20);
		String last = ids(first).getLast();
		List<List<Document>> fewer = this.tomek.stream()
			.map((part) -> part.stream().filter((document) -> !document.id().equals(last)).toList())
			.toList();
		assertThat(ids(page(fewer, null, first.nextCursor(), 20)))
			.isEqualTo(ids(page(this.tomek, null, first.nextCursor(), 20)));
	}

	@Test
	void showsOnlyOpenOrOnlySettledOnes() {
		assertThat(page(this.tomek, InvoiceSummary.Status.OPEN, null, 100).items()).hasSize(15)
			.allMatch((invoice) -> invoice.state() == InvoiceSummary.Status.OPEN);
		InvoicePage settled = page(this.tomek, InvoiceSummary.Status.SETTLED, null, 100);
		assertThat(settled.items()).hasSize(100)
			.allMatch((invoice) -> invoice.state() == InvoiceSummary.Status.SETTLED);
		assertThat(settled.nextCursor()).isNotNull();
	}

	@Test
	void saysThatThePageIsTheLastWhenTheRestIsOfAnotherState() {
		assertThat(page(this.tomek, InvoiceSummary.Status.OPEN, null, 15).nextCursor()).isNull();
		assertThat(page(this.tomek, InvoiceSummary.Status.OPEN, null, 14).nextCursor()).isNotNull();
	}

	@Test
	void namesTheMediumOnlyWhereThereIsOne() {
		assertThat(page(this.tomek, null, null, 100).items()).allSatisfy((invoice) -> {
			Medium medium = switch (invoice.contractAccountId()) {
				case "000200000481" -> Medium.ELECTRICITY;
				case "000200000482" -> Medium.GAS;
				default -> null;
			};
			assertThat(invoice.medium()).isEqualTo(medium);
		});
	}

	@Test
	void sumsUpWhatIsOpen() {
		List<Document> credit = List.of(new Document("1", InvoiceSummary.Kind.CORRECTION, "", TODAY, null,
				new Money(-2_500, "PLN"), new Money(-2_500, "PLN"), false, NotPayable.NEGATIVE, null));
		List<Documents> parts = List.of(Documents.of(this.tomek.get(0)), Documents.of(credit),
				Documents.of(this.tomek.get(2)));
		OpenInvoices open = OpenInvoices.of(ACCOUNTS, parts, FREE, TODAY);
		assertThat(open.balance().total()).isEqualTo(new Money(97_500, "PLN"));
		assertThat(open.balance().media()).containsExactly(
				new OpenInvoices.MediumBalance(Medium.ELECTRICITY, new Money(50_000, "PLN")),
				new OpenInvoices.MediumBalance(Medium.GAS, new Money(-2_500, "PLN")));
		assertThat(open.due()).hasSize(10)
			.extracting(InvoiceSummary::dueOn)
			.isSortedAccordingTo(Comparator.nullsLast(Comparator.naturalOrder()));
		assertThat(open.due().getFirst().overdue()).isTrue();
	}

	@Test
	void leavesOutOfTheBalanceWhatWasPaidWithUs() {
		List<Documents> parts = List.of(Documents.of(List.of(document("1", TODAY, false), document("2", TODAY, false))),
				Documents.of(List.of()), Documents.of(List.of()));
		ClaimedDocuments claimed = new ClaimedDocuments(Map.of("1", Claim.PAID, "2", Claim.ONGOING), Set.of(), true);
		OpenInvoices open = OpenInvoices.of(ACCOUNTS, parts, claimed, TODAY);
		assertThat(open.balance().total()).isEqualTo(new Money(10_000, "PLN"));
		assertThat(open.due()).singleElement()
			.returns("2", InvoiceSummary::id)
			.returns(InvoicePayment.ONGOING, InvoiceSummary::payment)
			.returns(NotPayable.ONGOING, InvoiceSummary::notPayable)
			.returns(false, InvoiceSummary::payable);
		InvoiceQuery settled = new InvoiceQuery(InvoiceSummary.Status.SETTLED, null, null, null, 20);
		InvoicePage page = InvoicePage.of(ACCOUNTS, new Aged<>(parts, NOW, State.FRESH), settled, claimed, TODAY);
		assertThat(page.items()).singleElement()
			.returns("1", InvoiceSummary::id)
			.returns(InvoicePayment.BOOKING, InvoiceSummary::payment)
			.returns(NotPayable.PAID, InvoiceSummary::notPayable)
			.returns(Money.zero("PLN"), InvoiceSummary::remaining);
	}

	@Test
	void offersNothingIfNobodyKnowsWhatWasTaken() {
		List<Documents> parts = List.of(Documents.of(this.tomek.get(0)), Documents.of(List.of()),
				Documents.of(List.of()));
		OpenInvoices open = OpenInvoices.of(ACCOUNTS, parts, new ClaimedDocuments(Map.of(), Set.of(), false), TODAY);
		assertThat(open.due()).hasSize(5).allSatisfy((document) -> {
			assertThat(document.payable()).isFalse();
			assertThat(document.payment()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "!!!!", "MjA1Njk", "MjA1NjkuMQ==", "LjE", "YWJjLjE", "OTk5OTk5OTk5OTk5OTk5OS4x",
			"MDIwNTY5LjE" })
	void refusesACursorThatItDidNotGiveOut(String text) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Cursor.of(text))
			.returns(ProblemCode.INVALID_CURSOR, Problem::code);
	}

	@Test
	void refusesALongCursor() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Cursor.of("M".repeat(129)))
			.returns(ProblemCode.INVALID_CURSOR, Problem::code);
	}

	@Test
	void readsItsOwnCursor() {
		Cursor cursor = new Cursor(TODAY, "000400042151");
		assertThat(Cursor.of(cursor.toText())).isEqualTo(cursor);
	}

}
