package pl.bramka.gateway.contact;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.contact.ContactChange.State;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ContactChangeTests {

	private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

	private static final ContactEntry OLD = new ContactEntry("001", "old@example.com", true);

	private static final ContactEntry OTHER = new ContactEntry("002", "other@example.com", false);

	private static final ContactEntry NEW = new ContactEntry("003", "New@example.com", true);

	private static final ContactChange BEGUN = new ContactChange("1", ContactKind.EMAIL, State.BEGUN, null, null,
			List.of(), null, NOW);

	@Test
	void replacesWhatCountsAndNothingElse() {
		ContactChange sending = BEGUN.sending("new@example.com", List.of(OLD, OTHER), NOW);
		assertThat(sending.replaces()).containsExactly("001");
		assertThat(sending.shownIn(List.of(OLD, OTHER))).isEmpty();
		assertThat(sending.shownIn(List.of(OLD, OTHER, NEW))).contains(NEW);
		assertThat(sending.sent("003").leftIn(List.of(OLD, OTHER, NEW), NEW)).containsExactly(OLD);
	}

	@Test
	void leavesNoSecondEntryWithTheSameValue() {
		ContactChange sent = BEGUN.sending("new@example.com", List.of(OLD), NOW).sent("003");
		ContactEntry twin = new ContactEntry("002", "NEW@example.com", true);
		assertThat(sent.leftIn(List.of(OLD, twin, NEW), NEW)).containsExactly(OLD, twin);
	}

	@Test
	void replacesWhatCameBeforeItThoughNobodySeesItYet() {
		ContactChange first = BEGUN.sending("first@example.com", List.of(OLD), NOW).sent("002");
		ContactChange second = first.sending("second@example.com", List.of(OLD), NOW);
		assertThat(second.replaces()).containsExactly("001", "002");
		assertThat(second.entry()).isNull();
	}

	@Test
	void isPendingWhileItsEntryIsNotShown() {
		ContactChange sending = BEGUN.sending("new@example.com", List.of(OLD), NOW);
		assertThat(sending.pendingBeside(List.of(OLD))).isNull();
		assertThat(sending.sent("003").pendingBeside(List.of(OLD))).isEqualTo("new@example.com");
		assertThat(sending.sent("003").pendingBeside(List.of(OLD, NEW))).isNull();
	}

	@Test
	void saysNothingOfAnybody() {
		ContactChange sent = BEGUN.sending("new@example.com", List.of(OLD), NOW).sent("003");
		assertThat(sent + " " + OLD + " " + new ContactData.ContactValue("a@b.c", "d@e.f")).doesNotContain("@");
	}

	@Test
	void knowsNoEntryOfAnotherCustomer() {
		CrmContacts.Wire wire = new CrmContacts.Wire("2", "001", "other@example.com", null, true);
		assertThat(wire.entry("2", ContactKind.EMAIL).value()).isEqualTo("other@example.com");
		assertThatIllegalArgumentException().isThrownBy(() -> wire.entry("1", ContactKind.EMAIL));
	}

	@ParameterizedTest
	@CsvSource({ "500000098,+48500000098", "500 000 098,+48500000098", "500-000-098,+48500000098",
			"+48500000098,+48500000098", "+48 500 000 098,+48500000098", "0048500000098,+48500000098",
			"+4930901820,+4930901820", "004930901820,+4930901820", "+447700900123,+447700900123" })
	void writesAPhoneInOneWay(String typed, String kept) {
		assertThat(typed).matches(ContactKind.PHONE_PATTERN);
		assertThat(ContactKind.PHONE.normalised(typed)).isEqualTo(kept);
		assertThat(ContactKind.PHONE.isSame(kept, typed)).isTrue();
	}

}
