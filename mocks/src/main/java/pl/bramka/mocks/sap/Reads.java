package pl.bramka.mocks.sap;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.github.tomakehurst.wiremock.http.Request;
import pl.bramka.mocks.sap.Answers.Answer;

/**
 * Answers what is asked for by GET.
 *
 * @param name technical name of the service
 * @param base its base path
 * @param sets its entity sets
 * @param functions its function imports
 * @param answers the answers to recent reads
 */
record Reads(String name, String base, Map<String, EntitySet> sets, Map<String, FunctionImport> functions,
		Answers answers) {

	Answer read(Request request) {
		String address = request.getAbsoluteUrl();
		return this.answers.find(address).orElseGet(() -> {
			long version = this.answers.version();
			Answer answer = read(Target.of(request, this.base));
			this.answers.keep(address, answer, version);
			return answer;
		});
	}

	private Answer read(Target target) {
		Query query = target.query();
		if (target.path().isEmpty()) {
			return json(target, (json) -> json.sets(this.sets.keySet()));
		}
		FunctionImport function = this.functions.get(target.path().getFirst().name());
		if (function != null && target.path().size() == 1) {
			List<Row> result = function.call(query);
			return json(target, (json) -> json.values(function.name(), function.many(), result));
		}
		Resource resource = Resource.at(this.sets, target.path());
		EntitySet set = resource.set();
		if (resource.stream()) {
			return new Answer(set.streamType(), set.stream(resource.row()));
		}
		if (resource.many()) {
			List<Row> rows = resource.rows(query);
			return json(target, (json) -> json.entities(set, rows, query.expand(), query.select()));
		}
		Row row = resource.row();
		return json(target, (json) -> json.entity(set, row, query.expand(), query.select()));
	}

	private Answer json(Target target, Consumer<EntityJson> content) {
		return new Answer(Answer.JSON, EntityJson.document(target.root(), this.name, content));
	}

}
