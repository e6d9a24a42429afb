package pl.bramka.gateway.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where two JSON documents differ, one line each.
 */
final class Differences {

	private static final int LONGEST = 120;

	private Differences() {
	}

	static List<String> between(String recorded, String now) {
		JsonMapper json = JsonMapper.builder().build();
		List<String> lines = new ArrayList<>();
		compare("", json.readTree(recorded), json.readTree(now), lines);
		if (lines.isEmpty() && !recorded.equals(now)) {
			lines.add("only order or form");
		}
		return lines;
	}

	private static void compare(String where, @Nullable JsonNode recorded, @Nullable JsonNode now, List<String> lines) {
		if (recorded != null && now != null && recorded.isObject() && now.isObject()) {
			Set<String> names = new TreeSet<>(recorded.propertyNames());
			names.addAll(now.propertyNames());
			names.forEach((name) -> compare(where + "/" + name, recorded.get(name), now.get(name), lines));
		}
		else if (recorded == null) {
			lines.add(where + ": new " + shortened(now));
		}
		else if (now == null) {
			lines.add(where + ": gone " + shortened(recorded));
		}
		else if (!recorded.equals(now)) {
			lines.add(where + ": was " + shortened(recorded) + ", is " + shortened(now));
		}
	}

	private static String shortened(@Nullable JsonNode value) {
		String text = String.valueOf(value);
		return (text.length() > LONGEST) ? text.substring(0, LONGEST) + "…" : text;
	}

}
