package pl.bramka.gateway.contact;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the utility reaches the customer.
 *
 * @param email the e-mail; without a value if CRM has none
 * @param phone the mobile phone; without a value if CRM has none
 */
public record ContactData(ContactValue email, ContactValue phone) {

	/**
	 * One way to reach the customer.
	 *
	 * @param value as CRM has it
	 * @param pending what it was changed to, while CRM does not show that yet
	 */
	public record ContactValue(@Schema(example = "zofia.kowal@example.com") @Nullable String value,
			@Schema(example = "zofia.nowa@example.com") @Nullable String pending) {

		static ContactValue of(List<ContactEntry> entries, @Nullable String pending) {
			return new ContactValue(entries.stream()
				.filter(ContactEntry::standard)
				.map(ContactEntry::value)
				.reduce((old, last) -> last)
				.orElse(null), pending);
		}

		/** Neither must end up in a log. */
		@Override
		public String toString() {
			return "ContactValue";
		}

	}

	static ContactData of(Map<ContactKind, ContactValue> values) {
		ContactValue none = new ContactValue(null, null);
		return new ContactData(values.getOrDefault(ContactKind.EMAIL, none),
				values.getOrDefault(ContactKind.PHONE, none));
	}

	/** The same with one of them changed. */
	ContactData with(ContactKind kind, ContactValue value) {
		return switch (kind) {
			case EMAIL -> new ContactData(value, this.phone);
			case PHONE -> new ContactData(this.email, value);
		};
	}

	boolean isPending() {
		return this.email.pending() != null || this.phone.pending() != null;
	}

}
