package pl.bramka.mocks.sap;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class SapSystemTests {

	private Instant now = Instant.parse("2026-10-15T10:00:00Z");

	private final Table shelves = new Table(List.of(
			Row.of("ShelfID", "001", "Name", "O'Neil", "Opened", LocalDate.of(2026, 1, 1), "Width",
					new BigDecimal("152"), "Free", true, "Closed", null),
			Row.of("ShelfID", "002", "Name", "Kowalski", "Opened", LocalDate.of(2026, 3, 1), "Width",
					new BigDecimal("80.5"), "Free", false, "Closed", LocalDate.of(2026, 9, 1)),
			Row.of("ShelfID", "003", "Name", "Nowak", "Opened", LocalDate.of(2026, 3, 2), "Width", new BigDecimal("-1"),
					"Free", true, "Closed", null)));

	private final Table books = new Table(List.of(Row.of("ShelfID", "001", "Place", "1", "AuthorID", "A"),
			Row.of("ShelfID", "001", "Place", "2", "AuthorID", "B")));

	private final EntitySet authors = new EntitySet("Authors", "Author",
			new Table(List.of(Row.of("AuthorID", "A", "Name", "Lem"))), "AuthorID");

	private final EntitySet bookSet = new EntitySet("Books", "Book", this.books, "ShelfID", "Place").one("Author",
			this.authors, "AuthorID");

	private final EntitySet shelfSet = new EntitySet("Shelves", "Shelf", this.shelves, "ShelfID")
		.many("Books", this.bookSet, "ShelfID")
		.streams("text/plain", (row) -> row.text("Name").getBytes(StandardCharsets.UTF_8))
		.creates((body) -> {
			Row row = Row.of("ShelfID", body.path("ShelfID").stringValue());
			this.shelves.add(row);
			return row;
		})
		.removes((row) -> this.shelves.remove(Filter.equal("ShelfID", row.text("ShelfID"))));

	private final SapSystem system = new SapSystem("LIBRARY", ((InstantSource) () -> this.now).withZone(ZoneOffset.UTC),
			List.of(this.shelfSet, this.bookSet, this.authors),
			List.of(new FunctionImport("Widest", "Name", true, (name) -> List.of(Row.of("Echo", name)))));

	private final SapCaller caller = new SapCaller("/sap/opu/odata/sap/LIBRARY/", this.system::answer);

	@AfterEach
	void stop() {
		this.caller.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			ShelfID eq '001'                                                  | 001
			ShelfID ne '001'                                                  | 002 003
			Name eq 'O''Neil'                                                 | 001
			Opened ge datetime'2026-03-01T00:00:00'                           | 002 003
			Opened gt datetime'2026-03-01T00:00:00'                           | 003
			Opened le datetime'2026-03-01T00:00:00'                           | 001 002
			Opened lt datetimeoffset'2026-03-01T00:00:00Z'                    | 001
			Width ge 80.5 and Width lt 152m                                   | 002
			Width lt 0                                                        | 003
			Free eq true                                                      | 001 003
			Closed eq null                                                    | 001 003
			Closed ge datetime'2020-01-01T00:00:00'                           | 002
			ShelfID eq '001' or ShelfID eq '002' and Free eq true             | 001
			(ShelfID eq '001' or ShelfID eq '003') and Name eq 'Nowak'        | 003
			not (ShelfID eq '001') and not Name eq 'Nowak'                    | 002
			ShelfID eq '1'                                                    | ""
			""")
	void honoursTheFilter(String filter, String ids) {
		assertThat(this.caller.texts("Shelves?$filter=" + SapCaller.encoded(filter), "ShelfID"))
			.isEqualTo(ids.isEmpty() ? List.of() : List.of(ids.split(" ")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ShelfID eq", "ShelfID is '1'", "ShelfID eq '1", "(ShelfID eq '1'", "Unknown eq '1'",
			"ShelfID eq 1", "Opened ge datetime'yesterday'", "ShelfID eq '1' ShelfID", "", "ShelfID eq '1' and" })
	void refusesAFilterItCannotRead(String filter) {
		HttpResponse<String> answer = this.caller
			.send(this.caller.request("Shelves?$filter=" + SapCaller.encoded(filter)));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(SapCaller.code(answer)).startsWith("005056A509B1");
	}

	@Test
	void writesValuesTheWayODataDoes() {
		JsonNode shelf = this.caller.get("Shelves('002')");
		assertThat(shelf.path("Width").stringValue()).isEqualTo("80.50000000000000");
		assertThat(shelf.path("Opened").stringValue()).isEqualTo("/Date(1772323200000)/");
		assertThat(shelf.path("Free").isBoolean()).isTrue();
		assertThat(this.caller.get("Shelves('001')").path("Closed").isNull()).isTrue();
	}

	@Test
	void tellsTypeAndAddressOfEachEntity() {
		JsonNode metadata = this.caller.get("Books(ShelfID='001',Place='2')").path("__metadata");
		assertThat(metadata.path("type").stringValue()).isEqualTo("LIBRARY.Book");
		assertThat(metadata.path("uri").stringValue()).startsWith("http://localhost:")
			.endsWith("/sap/opu/odata/sap/LIBRARY/Books(ShelfID='001',Place='2')")
			.isEqualTo(metadata.path("id").stringValue());
	}

	@Test
	void defersWhatIsNotExpanded() {
		JsonNode shelf = this.caller.get("Shelves('001')");
		assertThat(shelf.path("Books").path("__deferred").path("uri").stringValue()).endsWith("/Shelves('001')/Books");
		assertThat(shelf.path("Books").has("results")).isFalse();
	}

	@Test
	void expandsNestedPaths() {
		JsonNode books = this.caller.get("Shelves('001')?$expand=Books/Author").path("Books").path("results");
		assertThat(books.size()).isEqualTo(2);
		assertThat(books.get(0).path("Author").path("Name").stringValue()).isEqualTo("Lem");
		assertThat(books.get(1).path("Author").isNull()).isTrue();
		assertThat(this.caller.list("Shelves?$expand=Books").get(2).path("Books").path("results").isEmpty()).isTrue();
	}

	@Test
	void refusesToExpandWhatIsNoNavigation() {
		assertThat(this.caller.send(this.caller.request("Shelves?$expand=Name")).statusCode()).isEqualTo(404);
	}

	@Test
	void selectsOrdersAndCuts() {
		List<JsonNode> rows = this.caller.list("Shelves?$select=ShelfID&$orderby=Width%20desc&$top=1&$skip=1");
		assertThat(rows).hasSize(1);
		assertThat(rows.getFirst().propertyNames()).containsExactly("__metadata", "ShelfID");
		assertThat(rows.getFirst().path("ShelfID").stringValue()).isEqualTo("002");
	}

	@Test
	void followsNavigationsInThePath() {
		assertThat(this.caller.texts("Shelves('001')/Books?$filter=Place%20eq%20'2'", "AuthorID")).containsExactly("B");
		assertThat(this.caller.get("Books(ShelfID='001',Place='1')/Author").path("Name").stringValue())
			.isEqualTo("Lem");
		assertThat(this.caller.send(this.caller.request("Shelves('001')/$value")).body()).isEqualTo("O'Neil");
	}

	@Test
	void callsAFunction() {
		assertThat(this.caller.texts("Widest?Name='It''s'", "Echo")).containsExactly("It's");
		assertThat(this.caller.send(this.caller.request("Widest")).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource({ "Shelves('009'),404,/IWBEP/CM_MGW_RT/020", "Magazines,404,005056A509B11EE1B9A8FEC11C21D78E",
			"Shelves('001')/Magazines,404,005056A509B11EE1B9A8FEC11C21D78E", "Books('001'),400,",
			"Shelves(ID='1'),400," })
	void answersWhatIsNotThereInItsOwnForm(String path, int status, String code) {
		HttpResponse<String> answer = this.caller.send(this.caller.request(path));
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
		JsonNode error = SapCaller.tree(answer).path("error");
		assertThat(error.path("message").path("lang").stringValue()).isEqualTo("pl");
		assertThat(error.path("message").path("value").stringValue()).isNotEmpty();
		JsonNode detail = error.path("innererror").path("errordetails").get(0);
		assertThat(detail.propertyNames()).containsExactly("code", "message", "severity", "target");
		if (code != null) {
			assertThat(error.path("code").stringValue()).isEqualTo(code);
		}
	}

	@Test
	void knowsNoOtherService() {
		try (SapCaller other = new SapCaller("/sap/opu/odata/sap/OTHER/", this.system::answer)) {
			HttpResponse<String> answer = other.send(other.request("Shelves"));
			assertThat(answer.statusCode()).isEqualTo(403);
			assertThat(SapCaller.code(answer)).isEqualTo("/IWFND/MED/170");
			assertThat(answer.headers().firstValue("X-CSRF-Token")).isEmpty();
		}
	}

	@Test
	void answersAnErrorAsXmlToThoseWhoDoNotAcceptJson() throws Exception {
		HttpResponse<String> answer = this.caller
			.send(this.caller.request("Shelves('009')").setHeader("Accept", "application/atom+xml"));
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/xml;charset=utf-8");
		Document document = DocumentBuilderFactory.newDefaultNSInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
		assertThat(document.getDocumentElement().getNodeName()).isEqualTo("error");
		assertThat(document.getElementsByTagName("code").item(0).getTextContent()).isEqualTo("/IWBEP/CM_MGW_RT/020");
	}

	@Test
	void answers401WithoutTheTechnicalUser() {
		HttpResponse<String> missing = this.caller
			.send(this.caller.anonymous("Shelves").header("Accept", "application/json"));
		assertThat(missing.statusCode()).isEqualTo(401);
		assertThat(missing.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic realm=");
		assertThat(missing.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
		assertThat(
				this.caller.send(this.caller.request("Shelves").setHeader("Authorization", "Basic QTpC")).statusCode())
			.isEqualTo(401);
	}

	@Test
	void answers403WithoutACsrfToken() {
		HttpResponse<String> answer = this.caller.send(post("", ""));
		assertThat(answer.statusCode()).isEqualTo(403);
		assertThat(answer.headers().firstValue("X-CSRF-Token")).hasValue("Required");
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
		assertThat(answer.body()).doesNotContain("{");
		assertThat(this.shelves.matching(Filter.all())).hasSize(3);
	}

	@Test
	void writesWithATokenAndItsCookies() {
		HttpResponse<String> fetched = fetch();
		HttpResponse<String> answer = this.caller.send(post(token(fetched), SapCaller.cookies(fetched)));
		assertThat(answer.statusCode()).isEqualTo(201);
		assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/LIBRARY/Shelves('004')");
		assertThat(this.caller.get("Shelves('004')").path("ShelfID").stringValue()).isEqualTo("004");
	}

	@Test
	void givesNoTokenToThoseWhoDoNotAsk() {
		HttpResponse<String> answer = this.caller.send(this.caller.request("Shelves"));
		assertThat(answer.headers().firstValue("X-CSRF-Token")).isEmpty();
		assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void refusesATokenOfAnotherSession() {
		HttpResponse<String> one = fetch();
		HttpResponse<String> other = fetch();
		assertThat(this.caller.send(post(token(one), SapCaller.cookies(other))).statusCode()).isEqualTo(403);
		assertThat(this.caller.send(post(token(one), "")).statusCode()).isEqualTo(403);
	}

	@Test
	void keepsTheTokenOfASession() {
		HttpResponse<String> one = fetch();
		HttpResponse<String> again = this.caller
			.send(this.caller.request("").header("X-CSRF-Token", "Fetch").header("Cookie", SapCaller.cookies(one)));
		assertThat(token(again)).isEqualTo(token(one));
	}

	@Test
	void forgetsASessionAfterHalfAnHourAndAtReset() {
		HttpResponse<String> fetched = fetch();
		this.now = this.now.plus(Duration.ofMinutes(30));
		assertThat(this.caller.send(post(token(fetched), SapCaller.cookies(fetched))).statusCode()).isEqualTo(403);
		HttpResponse<String> fresh = fetch();
		this.system.reset();
		assertThat(this.caller.send(post(token(fresh), SapCaller.cookies(fresh))).statusCode()).isEqualTo(403);
	}

	@Test
	void refusesWritesThatNobodyPlanned() {
		assertThat(this.caller.write("POST", "Books", "{}").statusCode()).isEqualTo(405);
		assertThat(this.caller.write("PUT", "Shelves('001')", "{}").statusCode()).isEqualTo(405);
		assertThat(this.caller.write("DELETE", "Shelves", "").statusCode()).isEqualTo(405);
		assertThat(this.caller.write("POST", "Shelves", "nonsense").statusCode()).isEqualTo(400);
	}

	@Test
	void deletesOnlyWhatIsThere() {
		assertThat(this.caller.write("DELETE", "Shelves('001')", "").statusCode()).isEqualTo(204);
		assertThat(this.caller.write("DELETE", "Shelves('001')", "").statusCode()).isEqualTo(404);
	}

	@Test
	void answersAnewOnlyAfterAChange() {
		assertThat(this.caller.list("Books")).hasSize(2);
		this.books.add(Row.of("ShelfID", "003", "Place", "1", "AuthorID", "A"));
		assertThat(this.caller.list("Books")).hasSize(2);
		this.system.changed();
		assertThat(this.caller.list("Books")).hasSize(3);
	}

	@Test
	void boundsTheAnswersItRemembers() {
		Answers answers = new Answers();
		Answers.Answer big = new Answers.Answer("text/plain", new byte[6 * 1024 * 1024]);
		answers.keep("a", big, answers.version());
		answers.keep("b", big, answers.version());
		assertThat(answers.find("a")).isPresent();
		answers.keep("c", big, answers.version());
		assertThat(answers.find("b")).isEmpty();
		assertThat(answers.find("a")).isPresent();
		long version = answers.version();
		answers.forget();
		answers.keep("d", big, version);
		assertThat(answers.find("d")).isEmpty();
	}

	@Test
	void boundsWhatRequestsAdd() {
		for (int number = 0; number < 5_100; number++) {
			this.books.add(Row.of("ShelfID", "900", "Place", Integer.toString(number), "AuthorID", "C"));
		}
		assertThat(this.books.matching(Filter.all())).hasSize(5_002);
		assertThat(this.books.matching(Filter.equal("ShelfID", "001"))).hasSize(2);
	}

	private HttpResponse<String> fetch() {
		return this.caller.send(this.caller.request("").header("X-CSRF-Token", "Fetch"));
	}

	private HttpRequest.Builder post(String token, String cookie) {
		HttpRequest.Builder request = this.caller.request("Shelves")
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"ShelfID\":\"004\"}"));
		if (!token.isEmpty()) {
			request.header("X-CSRF-Token", token);
		}
		return cookie.isEmpty() ? request : request.header("Cookie", cookie);
	}

	private static String token(HttpResponse<String> answer) {
		return answer.headers().firstValue("X-CSRF-Token").orElseThrow();
	}

}
