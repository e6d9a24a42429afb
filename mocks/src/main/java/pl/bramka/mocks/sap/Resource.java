package pl.bramka.mocks.sap;

import java.util.List;
import java.util.Map;

/**
 * What a path leads to: those entities of a set that meet a condition.
 *
 * @param set the set
 * @param scope what the path asks of an entity
 * @param many whether the path stands for a collection
 * @param stream whether it ends in {@code $value}
 */
record Resource(EntitySet set, Filter scope, boolean many, boolean stream) {

	/** Follows the path from a set of the system over navigations. */
	static Resource at(Map<String, EntitySet> sets, List<Segment> path) {
		EntitySet start = sets.get(path.getFirst().name());
		if (start == null) {
			throw SapFault.unknownSegment(path.getFirst().name());
		}
		Resource resource = new Resource(start, Filter.all(), true, false).keyed(path.getFirst());
		for (Segment segment : path.subList(1, path.size())) {
			resource = resource.below(segment);
		}
		return resource;
	}

	List<Row> rows(Query query) {
		return query.arranged(this.set.matching(this.scope.and(query.filter())));
	}

	Row row() {
		return this.set.matching(this.scope).stream().findFirst().orElseThrow(() -> SapFault.absent(this.set.type()));
	}

	private Resource below(Segment segment) {
		if (this.many || this.stream) {
			throw SapFault.unknownSegment(segment.name());
		}
		if (segment.name().equals("$value")) {
			return new Resource(this.set, this.scope, false, true);
		}
		EntitySet.Navigation way = this.set.navigation(segment.name());
		return new Resource(way.target(), way.join(row()), way.toMany(), false).keyed(segment);
	}

	private Resource keyed(Segment segment) {
		return segment.key().isEmpty() ? this
				: new Resource(this.set, this.scope.and(this.set.key(segment.key())), false, false);
	}

}
