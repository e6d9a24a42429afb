package pl.bramka.mocks.sap;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A condition on a row: {@code $filter}, a key, or the join of a navigation.
 */
public sealed interface Filter {

	/** Whether the row meets the condition. */
	boolean accepts(Row row);

	/**
	 * The earliest time of a property that can meet the condition, to save making rows
	 * that cannot.
	 * @param property name of an Edm.DateTime property
	 * @param otherwise answered where the condition does not say
	 */
	default Instant earliest(String property, Instant otherwise) {
		return otherwise;
	}

	/** Likewise the latest time. */
	default Instant latest(String property, Instant otherwise) {
		return otherwise;
	}

	/** Both this condition and the other. */
	default Filter and(Filter other) {
		return new And(this, other);
	}

	/** Every row. */
	static Filter all() {
		return new All();
	}

	/** The property has the value. */
	static Filter equal(String property, @Nullable Object value) {
		return new Comparison(property, Operator.EQ, value);
	}

	/**
	 * The comparisons of OData version 2.
	 */
	enum Operator {

		EQ, NE, GE, GT, LE, LT;

		boolean holds(int comparison) {
			return switch (this) {
				case EQ -> comparison == 0;
				case NE -> comparison != 0;
				case GE -> comparison >= 0;
				case GT -> comparison > 0;
				case LE -> comparison <= 0;
				case LT -> comparison < 0;
			};
		}

	}

	/** No condition. */
	record All() implements Filter {

		@Override
		public boolean accepts(Row row) {
			return true;
		}

		@Override
		public Filter and(Filter other) {
			return other;
		}

	}

	/** Both conditions. */
	record And(Filter left, Filter right) implements Filter {

		@Override
		public boolean accepts(Row row) {
			return this.left.accepts(row) && this.right.accepts(row);
		}

		@Override
		public Instant earliest(String property, Instant otherwise) {
			return this.right.earliest(property, this.left.earliest(property, otherwise));
		}

		@Override
		public Instant latest(String property, Instant otherwise) {
			return this.right.latest(property, this.left.latest(property, otherwise));
		}

	}

	/** At least one of two conditions. */
	record Or(Filter left, Filter right) implements Filter {

		@Override
		public boolean accepts(Row row) {
			return this.left.accepts(row) || this.right.accepts(row);
		}

	}

	/** Not the condition. */
	record Not(Filter inner) implements Filter {

		@Override
		public boolean accepts(Row row) {
			return !this.inner.accepts(row);
		}

	}

	/** A property compared with a literal; an absent value differs from every literal. */
	record Comparison(String property, Operator operator, @Nullable Object literal) implements Filter {

		@Override
		public boolean accepts(Row row) {
			Object value = row.get(this.property);
			if (value == null && !row.has(this.property)) {
				throw SapFault.unknownProperty(this.property);
			}
			if (value == null || this.literal == null) {
				boolean same = value == null && this.literal == null;
				return this.operator == (same ? Operator.EQ : Operator.NE);
			}
			return this.operator.holds(compare(value, this.literal));
		}

		@Override
		public Instant earliest(String property, Instant otherwise) {
			boolean bounds = this.operator != Operator.NE && this.operator != Operator.LE
					&& this.operator != Operator.LT;
			return (bounds && bound(property) instanceof Instant from && from.isAfter(otherwise)) ? from : otherwise;
		}

		@Override
		public Instant latest(String property, Instant otherwise) {
			boolean bounds = this.operator != Operator.NE && this.operator != Operator.GE
					&& this.operator != Operator.GT;
			return (bounds && bound(property) instanceof Instant to && to.isBefore(otherwise)) ? to : otherwise;
		}

		private @Nullable Object bound(String wanted) {
			return this.property.equals(wanted) ? this.literal : null;
		}

		private int compare(Object value, Object other) {
			if (value instanceof String text && other instanceof String literal) {
				return text.compareTo(literal);
			}
			if (value instanceof Instant time && other instanceof Instant literal) {
				return time.compareTo(literal);
			}
			if (value instanceof BigDecimal number && other instanceof BigDecimal literal) {
				return number.compareTo(literal);
			}
			if (value instanceof Boolean flag && other instanceof Boolean literal) {
				return flag.compareTo(literal);
			}
			throw SapFault.malformed("Invalid types for operator at " + this.property);
		}

	}

}
