package pl.bramka.mocks.sap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names below names: {@code $expand=Contracts/Premise,Invoices} or {@code $select}.
 *
 * @param below the paths below each name
 */
record Paths(Map<String, Paths> below) {

	static final Paths NONE = new Paths(Map.of());

	private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

	private static final Pattern SLASH = Pattern.compile("/");

	static Paths parse(String text) {
		Paths root = new Paths(new LinkedHashMap<>());
		COMMA.splitAsStream(text.strip()).filter((path) -> !path.isEmpty()).forEach((path) -> {
			Paths at = root;
			for (String name : SLASH.split(path, -1)) {
				at = at.below.computeIfAbsent(name, (unused) -> new Paths(new LinkedHashMap<>()));
			}
		});
		return root;
	}

	boolean names(String name) {
		return this.below.containsKey(name);
	}

	Paths below(String name) {
		return this.below.getOrDefault(name, NONE);
	}

	/** As a selection: nothing named, or a star, means everything. */
	boolean selects(String name) {
		return this.below.isEmpty() || names(name) || names("*");
	}

}
