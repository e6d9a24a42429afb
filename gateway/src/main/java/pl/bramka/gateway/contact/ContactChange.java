package pl.bramka.gateway.contact;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A change that was begun and is not over.
 *
 * @param customerId whose
 * @param kind of what
 * @param state how far it is
 * @param value what it is to be; null while nothing was sent, or if no key opens it
 * @param entry the number of the new entry; null while CRM has not said it
 * @param replaces the numbers of the entries that are to go, oldest first
 * @param sentAt when CRM was sent it
 * @param busyUntil names who works on it: every statement of theirs does
 */
record ContactChange(String customerId, ContactKind kind, State state, @Nullable String value, @Nullable String entry,
		List<String> replaces, @Nullable Instant sentAt, Instant busyUntil) {

	/** How far a change is. */
	enum State {

		/** Nothing was sent. */
		BEGUN,

		/** CRM was sent it and has not said what it made of it. */
		SENDING,

		/** CRM took it. */
		SENT

	}

	/**
	 * About to be sent: in place of all that is standard now, and of what came before.
	 */
	ContactChange sending(String newValue, List<ContactEntry> entries, Instant now) {
		Set<String> all = new LinkedHashSet<>(this.replaces);
		entries.stream().filter(ContactEntry::standard).map(ContactEntry::number).forEach(all::add);
		shownIn(entries).map(ContactEntry::number).or(() -> Optional.ofNullable(this.entry)).ifPresent((own) -> {
			all.remove(own);
			all.add(own);
		});
		return new ContactChange(this.customerId, this.kind, State.SENDING, newValue, null, List.copyOf(all), now,
				this.busyUntil);
	}

	ContactChange sent(String number) {
		return new ContactChange(this.customerId, this.kind, State.SENT, this.value, number, this.replaces, this.sentAt,
				this.busyUntil);
	}

	ContactChange heldUntil(Instant until) {
		return new ContactChange(this.customerId, this.kind, this.state, this.value, this.entry, this.replaces,
				this.sentAt, until);
	}

	/**
	 * The new entry, if CRM shows it. While its number is not known it is a standard one
	 * with that value that was not there before.
	 */
	Optional<ContactEntry> shownIn(List<ContactEntry> entries) {
		return switch (this.state) {
			case BEGUN -> Optional.empty();
			case SENDING -> entries.stream()
				.filter((each) -> each.standard() && isTo(each.value()) && !this.replaces.contains(each.number()))
				.reduce((old, last) -> last);
			case SENT -> entries.stream().filter((each) -> each.number().equals(this.entry)).findFirst();
		};
	}

	/** What must go once the new entry is shown. */
	List<ContactEntry> leftIn(List<ContactEntry> entries, ContactEntry shown) {
		return entries.stream()
			.filter((each) -> !each.number().equals(shown.number()))
			.filter((each) -> this.replaces.contains(each.number()) || isTo(each.value()))
			.toList();
	}

	/** What the app is told to be pending. */
	@Nullable String pendingBeside(List<ContactEntry> entries) {
		return (this.state == State.SENT && shownIn(entries).isEmpty()) ? this.value : null;
	}

	boolean isTo(String other) {
		return this.value != null && this.kind.isSame(this.value, other);
	}

	boolean isOlderThan(Instant time) {
		return this.sentAt == null || this.sentAt.isBefore(time);
	}

	/** Never the value. */
	@Override
	public String toString() {
		return "ContactChange[" + this.kind + "," + this.state + "]";
	}

}
