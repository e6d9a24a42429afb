package pl.bramka.mocks.sap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entity set: its rows, its key, where one can go from an entity, and what may be
 * written. What nobody set, the system refuses.
 */
public final class EntitySet {

	private final String name;

	private final String type;

	private final Rows rows;

	private final List<String> keys;

	private final Map<String, Navigation> navigations = new LinkedHashMap<>();

	private @Nullable Function<ObjectNode, Row> creation;

	private Paths echo = Paths.NONE;

	private @Nullable BiConsumer<Row, ObjectNode> replacement;

	private @Nullable Consumer<Row> removal;

	private @Nullable Function<Row, byte[]> stream;

	private String streamType = "";

	/**
	 * An entity set that can be read.
	 * @param name name of the set, plural
	 * @param type name of the entity type
	 * @param rows its entities
	 * @param keys the properties that make up the key
	 */
	public EntitySet(String name, String type, Rows rows, String... keys) {
		this.name = name;
		this.type = type;
		this.rows = rows;
		this.keys = List.of(keys);
	}

	/** To the many entities with the same value in the property. */
	public EntitySet many(String navigation, EntitySet target, String property) {
		return to(navigation, new Navigation(target, property, property, true));
	}

	/** To the many entities whose property {@code to} has the value of {@code from}. */
	public EntitySet many(String navigation, EntitySet target, String from, String to) {
		return to(navigation, new Navigation(target, from, to, true));
	}

	/** To the one entity with the same value in the property. */
	public EntitySet one(String navigation, EntitySet target, String property) {
		return to(navigation, new Navigation(target, property, property, false));
	}

	/** To the one entity whose property {@code to} has the value of {@code from}. */
	public EntitySet one(String navigation, EntitySet target, String from, String to) {
		return to(navigation, new Navigation(target, from, to, false));
	}

	/**
	 * Lets a POST create an entity and answer it.
	 * @param creation makes the entity from the request body
	 * @param expanded the navigations that the answer carries expanded
	 */
	public EntitySet creates(Function<ObjectNode, Row> creation, String... expanded) {
		this.creation = creation;
		this.echo = Paths.parse(String.join(",", expanded));
		return this;
	}

	/** Lets a PUT replace an entity that is there. */
	public EntitySet replaces(BiConsumer<Row, ObjectNode> replacement) {
		this.replacement = replacement;
		return this;
	}

	/** Lets a DELETE remove an entity that is there. */
	public EntitySet removes(Consumer<Row> removal) {
		this.removal = removal;
		return this;
	}

	/** Gives each entity bytes below {@code $value}. */
	public EntitySet streams(String type, Function<Row, byte[]> stream) {
		this.streamType = type;
		this.stream = stream;
		return this;
	}

	String name() {
		return this.name;
	}

	String type() {
		return this.type;
	}

	Map<String, Navigation> navigations() {
		return this.navigations;
	}

	Navigation navigation(String name) {
		Navigation navigation = this.navigations.get(name);
		if (navigation == null) {
			throw SapFault.unknownSegment(name);
		}
		return navigation;
	}

	List<Row> matching(Filter filter) {
		return this.rows.matching(filter);
	}

	/** The condition of a key predicate; a single value needs no name. */
	Filter key(Map<String, @Nullable Object> predicate) {
		Map<String, @Nullable Object> named = predicate;
		if (predicate.containsKey("") && this.keys.size() == 1) {
			named = new LinkedHashMap<>();
			named.put(this.keys.getFirst(), predicate.get(""));
		}
		if (!named.keySet().equals(Set.copyOf(this.keys))) {
			throw SapFault.malformed("Invalid key predicate type for the resource '" + this.name + "'");
		}
		Filter filter = Filter.all();
		for (Map.Entry<String, @Nullable Object> part : named.entrySet()) {
			filter = filter.and(Filter.equal(part.getKey(), part.getValue()));
		}
		return filter;
	}

	/** The address of an entity, relative to the service. */
	String path(Row row) {
		if (this.keys.size() == 1) {
			return this.name + "(" + Literal.format(row.get(this.keys.getFirst())) + ")";
		}
		return this.keys.stream()
			.map((key) -> key + "=" + Literal.format(row.get(key)))
			.collect(Collectors.joining(",", this.name + "(", ")"));
	}

	Row create(ObjectNode body) {
		return allowed(this.creation, "POST").apply(body);
	}

	Paths echo() {
		return this.echo;
	}

	void replace(Row row, ObjectNode body) {
		allowed(this.replacement, "PUT").accept(row, body);
	}

	void remove(Row row) {
		allowed(this.removal, "DELETE").accept(row);
	}

	byte[] stream(Row row) {
		return allowed(this.stream, "GET").apply(row);
	}

	String streamType() {
		return this.streamType;
	}

	private EntitySet to(String name, Navigation navigation) {
		this.navigations.put(name, navigation);
		return this;
	}

	private static <T> T allowed(@Nullable T operation, String method) {
		if (operation == null) {
			throw SapFault.notAllowed(method);
		}
		return operation;
	}

	/**
	 * A way from an entity to others.
	 *
	 * @param target the set it leads to
	 * @param from the property of the entity
	 * @param to the property of the target with the same value
	 * @param toMany whether it leads to many
	 */
	record Navigation(EntitySet target, String from, String to, boolean toMany) {

		Filter join(Row row) {
			return Filter.equal(this.to, row.get(this.from));
		}

	}

}
