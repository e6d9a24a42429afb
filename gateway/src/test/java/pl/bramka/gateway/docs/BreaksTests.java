package pl.bramka.gateway.docs;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class BreaksTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String RELEASED = """
			{"openapi": "3.0.1", "info": {"title": "Meters", "version": "1.0.0"},
			 "paths": {"/meters": {
			   "get": {"operationId": "meters",
			     "parameters": [
			       {"$ref": "#/components/parameters/App-Version"},
			       {"name": "kind", "in": "query", "schema": {"$ref": "#/components/schemas/Kind"}},
			       {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}}],
			     "responses": {
			       "200": {"description": "all", "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
			         "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Meters"}}}},
			       "404": {"$ref": "#/components/responses/Missing"}}},
			   "post": {"operationId": "read",
			     "requestBody": {"required": true,
			       "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Reading"}}}},
			     "responses": {"201": {"description": "taken"}, "200": {"description": "known"}}}}},
			 "components": {
			   "parameters": {"App-Version": {"name": "App-Version", "in": "header", "schema": {"type": "string"}}},
			   "headers": {"ETag": {"required": true, "schema": {"type": "string"}}},
			   "responses": {"Missing": {"description": "none",
			     "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}},
			   "schemas": {
			     "Kind": {"type": "string", "enum": ["POWER", "GAS"]},
			     "State": {"type": "string", "enum": ["READ", "DUE"]},
			     "Meters": {"type": "object", "required": ["items"], "properties": {
			       "items": {"type": "array", "items": {"$ref": "#/components/schemas/Meter"}}}},
			     "Meter": {"type": "object", "required": ["id", "state"], "properties": {
			       "id": {"type": "string"}, "readOn": {"type": "string", "format": "date"},
			       "state": {"description": "where it stands", "allOf": [{"$ref": "#/components/schemas/State"}]}}},
			     "Reading": {"type": "object", "required": ["value"], "additionalProperties": false, "properties": {
			       "value": {"type": "string", "minLength": 1, "maxLength": 20}, "note": {"type": "string"}}},
			     "Problem": {"type": "object", "required": ["code"], "properties": {
			       "code": {"$ref": "#/components/schemas/Code"}}},
			     "Code": {"type": "string", "enum": ["not-found"], "x-open-enum": true}}}}
			""";

	private static List<String> breaks(Consumer<JsonNode> change) {
		JsonNode now = JSON.readTree(RELEASED);
		change.accept(now);
		return Breaks.between(RELEASED, now.toString());
	}

	private static ObjectNode object(JsonNode root, String pointer) {
		return (ObjectNode) root.at(JsonPointer.compile(pointer));
	}

	private static void set(JsonNode root, String pointer, String member, String value) {
		object(root, pointer).set(member, JSON.readTree(value));
	}

	@Test
	void areNoneWithoutAChange() {
		assertThat(breaks((now) -> {
		})).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					/paths/~1meters                                    | get         | GET /meters: the operation is gone
					/paths                                             | /meters     | GET /meters: the operation is gone
					/components/schemas/Meter/properties               | readOn      | GET /meters 200.items[].readOn: the member is gone
					/components/schemas/Meters/properties              | items       | GET /meters 200.items: the member is gone
					/components/schemas/Reading/properties             | note        | POST /meters.note: the member is gone
					/paths/~1meters/post/responses                     | 200         | POST /meters: no answer 200 any more
					/paths/~1meters/get/responses/200/headers          | ETag        | GET /meters 200: header ETag is gone
					/paths/~1meters/get/responses/200                  | content     | GET /meters 200: no application/json any more
					""")
	void areWhatIsGone(String pointer, String member, String line) {
		assertThat(breaks((now) -> object(now, pointer).remove(member))).contains(line);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'',
			textBlock = """
					/components/schemas/Meter/properties/id         | type       | "integer"            | GET /meters 200.items[].id: type was string, is integer
					/components/schemas/Meter/properties/readOn     | format     | "date-time"          | GET /meters 200.items[].readOn: type was string (date), is string (date-time)
					/components/schemas/Meter/properties/id         | nullable   | true                 | GET /meters 200.items[].id: may be null
					/components/schemas/Meter                       | required   | ["id"]               | GET /meters 200.items[]: required gone [state], new []
					/components/schemas/State                       | enum       | ["READ","DUE","OFF"] | GET /meters 200.items[].state: enum gone [], new [OFF]
					/components/schemas/Kind                        | enum       | ["POWER"]            | GET /meters query parameter kind: enum gone [GAS], new []
					/components/schemas/Reading                     | required   | ["value","note"]     | POST /meters: required gone [], new [note]
					/components/schemas/Reading/properties/value    | maxLength  | 10                   | POST /meters.value: maxlength changed
					/components/schemas/Reading/properties/value    | minLength  | 2                    | POST /meters.value: minlength changed
					/components/schemas/Reading/properties/value    | pattern    | "^[0-9]+$"           | POST /meters.value: pattern changed
					/components/schemas/Reading/properties/value    | type       | "number"             | POST /meters.value: type was string, is number
					/paths/~1meters/get/parameters/2/schema         | maximum    | 50                   | GET /meters query parameter limit: numericrange changed
					/components/parameters/App-Version              | required   | true                 | GET /meters header parameter App-Version: parameter changed
					/paths/~1meters/get                             | security   | [{"token":[]}]       | GET /meters: needs [token] now
					""")
	void areWhatIsNotWhatItWas(String pointer, String member, String value, String line) {
		assertThat(breaks((now) -> {
			set(now, "/components", "securitySchemes", "{\"token\":{\"type\":\"http\",\"scheme\":\"DPoP\"}}");
			set(now, pointer, member, value);
		})).contains(line);
	}

	@Test
	void areNewMembersThatARequestMustHave() {
		assertThat(breaks((now) -> {
			set(now, "/components/schemas/Reading/properties", "zone", "{\"type\":\"string\"}");
			((ArrayNode) now.at("/components/schemas/Reading/required")).add("zone");
		})).containsExactly("POST /meters: required gone [], new [zone]");
	}

	@Test
	void areNewHeadersAndParametersThatARequestMustHave() {
		assertThat(breaks((now) -> {
			ArrayNode parameters = (ArrayNode) now.at("/paths/~1meters/get/parameters");
			parameters.add(JSON.readTree("""
					{"name": "App-Store", "in": "header", "required": true, "schema": {"type": "string"}}"""));
			parameters.add(JSON.readTree("""
					{"name": "year", "in": "query", "required": true, "schema": {"type": "string"}}"""));
		})).containsExactlyInAnyOrder("GET /meters: header parameter App-Store is new and required",
				"GET /meters: query parameter year is new and required");
	}

	@Test
	void areRequestsThatHadRoomForMore() {
		JsonNode open = JSON.readTree(RELEASED);
		object(open, "/components/schemas/Reading").remove("additionalProperties");
		assertThat(Breaks.between(open.toString(), RELEASED))
			.containsExactly("Reading: takes no other members any more");
	}

	@Test
	void areNotWhatIsAdded() {
		assertThat(breaks((now) -> {
			set(now, "/components/schemas/Meter/properties", "place", "{\"type\":\"string\"}");
			((ArrayNode) now.at("/components/schemas/Meter/required")).add("place");
			set(now, "/components/schemas/Reading/properties", "zone", "{\"type\":\"string\"}");
			set(now, "/components/schemas/Kind", "enum", "[\"POWER\",\"GAS\",\"HEAT\"]");
			set(now, "/components/schemas/Code", "enum", "[\"not-found\",\"too-late\"]");
			((ArrayNode) now.at("/paths/~1meters/get/parameters")).add(JSON.readTree("""
					{"name": "cursor", "in": "query", "schema": {"type": "string"}}"""));
			set(now, "/paths", "/tariffs", "{\"get\":{\"responses\":{\"200\":{\"description\":\"all\"}}}}");
			set(now, "/paths/~1meters/post/responses", "409", "{\"description\":\"already there\"}");
			object(now, "/paths/~1meters/get/responses").remove("404");
			object(now, "/paths/~1meters/get").put("deprecated", true);
		})).isEmpty();
	}

}
