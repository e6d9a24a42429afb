package pl.bramka.mocks.control;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one request to the control server says.
 *
 * @param variables of the path, in order
 * @param body a JSON object, empty if there was none
 */
public record Order(List<String> variables, JsonNode body) {

	/**
	 * The first variable of the path.
	 * @return its text
	 */
	public String variable() {
		return this.variables.getFirst();
	}

	/**
	 * A text of the body.
	 * @param name of the member
	 * @return null if it is not there
	 */
	public @Nullable String text(String name) {
		JsonNode value = this.body.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return null;
		}
		if (!value.isString()) {
			throw new IllegalArgumentException("'" + name + "' must be a text");
		}
		return value.asString();
	}

	/**
	 * A text of the body that must be there.
	 * @param name of the member
	 * @return its text
	 */
	public String requiredText(String name) {
		String text = text(name);
		if (text == null || text.isBlank()) {
			throw new IllegalArgumentException("'" + name + "' is missing");
		}
		return text;
	}

	/**
	 * A whole number of the body.
	 * @param name of the member
	 * @return empty if it is not there
	 */
	public OptionalLong number(String name) {
		JsonNode value = this.body.path(name);
		if (value.isMissingNode() || value.isNull()) {
			return OptionalLong.empty();
		}
		if (!value.isIntegralNumber() || !value.canConvertToLong()) {
			throw new IllegalArgumentException("'" + name + "' must be a whole number");
		}
		return OptionalLong.of(value.asLong());
	}

	/**
	 * Refuses members that mean nothing, since a misspelt one would be lost silently.
	 * @param known what may be there
	 * @return this order
	 */
	public Order knowing(String... known) {
		Set<String> unknown = new TreeSet<>(this.body.propertyNames());
		unknown.removeAll(Set.of(known));
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException("unknown " + unknown + "; there are " + new TreeSet<>(Set.of(known)));
		}
		return this;
	}

}
