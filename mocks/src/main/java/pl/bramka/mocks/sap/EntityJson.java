package pl.bramka.mocks.sap;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes entities as OData version 2 JSON. Decimals are strings with 14 places, times are
 * {@code /Date(ms)/}.
 */
final class EntityJson {

	private static final JsonFactory JSON = new JsonFactory();

	private static final int DECIMAL_PLACES = 14;

	private final JsonGenerator json;

	private final String root;

	private final String namespace;

	private EntityJson(JsonGenerator json, String root, String namespace) {
		this.json = json;
		this.root = root;
		this.namespace = namespace;
	}

	/** One document whose only member is {@code d}. */
	static byte[] document(String root, String namespace, Consumer<EntityJson> content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
		try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
			json.writeStartObject();
			json.writeName("d");
			content.accept(new EntityJson(json, root, namespace));
			json.writeEndObject();
		}
		return bytes.toByteArray();
	}

	void entities(EntitySet set, List<Row> rows, Paths expand, Paths select) {
		results(() -> rows.forEach((row) -> entity(set, row, expand, select)));
	}

	void entity(EntitySet set, Row row, Paths expand, Paths select) {
		String uri = this.root + set.path(row);
		this.json.writeStartObject();
		this.json.writeObjectPropertyStart("__metadata");
		this.json.writeStringProperty("id", uri);
		this.json.writeStringProperty("uri", uri);
		this.json.writeStringProperty("type", this.namespace + "." + set.type());
		this.json.writeEndObject();
		row.values().forEach((name, value) -> {
			if (select.selects(name)) {
				property(name, value);
			}
		});
		expand.below().keySet().forEach(set::navigation);
		set.navigations().forEach((name, way) -> {
			if (expand.names(name)) {
				expanded(name, way, row, expand.below(name), select.below(name));
			}
			else if (select.selects(name)) {
				deferred(name, uri);
			}
		});
		this.json.writeEndObject();
	}

	/** What a function answers: values that are no entities. */
	void values(String function, boolean many, List<Row> rows) {
		if (many) {
			results(() -> rows.forEach(this::complex));
			return;
		}
		this.json.writeStartObject();
		this.json.writeName(function);
		rows.stream().findFirst().ifPresentOrElse(this::complex, this.json::writeNull);
		this.json.writeEndObject();
	}

	/** What the service itself answers: the names of its sets. */
	void sets(Iterable<String> names) {
		this.json.writeStartObject();
		this.json.writeArrayPropertyStart("EntitySets");
		names.forEach(this.json::writeString);
		this.json.writeEndArray();
		this.json.writeEndObject();
	}

	private void results(Runnable content) {
		this.json.writeStartObject();
		this.json.writeArrayPropertyStart("results");
		content.run();
		this.json.writeEndArray();
		this.json.writeEndObject();
	}

	private void expanded(String name, EntitySet.Navigation way, Row row, Paths expand, Paths select) {
		List<Row> targets = way.target().matching(way.join(row));
		this.json.writeName(name);
		if (way.toMany()) {
			entities(way.target(), targets, expand, select);
		}
		else if (targets.isEmpty()) {
			this.json.writeNull();
		}
		else {
			entity(way.target(), targets.getFirst(), expand, select);
		}
	}

	private void deferred(String name, String uri) {
		this.json.writeObjectPropertyStart(name);
		this.json.writeObjectPropertyStart("__deferred");
		this.json.writeStringProperty("uri", uri + "/" + name);
		this.json.writeEndObject();
		this.json.writeEndObject();
	}

	private void complex(Row row) {
		this.json.writeStartObject();
		row.values().forEach(this::property);
		this.json.writeEndObject();
	}

	private void property(String name, @Nullable Object value) {
		this.json.writeName(name);
		switch (value) {
			case null -> this.json.writeNull();
			case BigDecimal number ->
				this.json.writeString(number.setScale(DECIMAL_PLACES, RoundingMode.HALF_UP).toPlainString());
			case Instant time -> this.json.writeString("/Date(" + time.toEpochMilli() + ")/");
			case Integer number -> this.json.writeNumber(number);
			case Boolean flag -> this.json.writeBoolean(flag);
			case Row complex -> complex(complex);
			default -> this.json.writeString(value.toString());
		}
	}

}
