package pl.bramka.gateway.proxy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import pl.bramka.gateway.RunningGateway;
import pl.bramka.gateway.TestGateway;
import pl.bramka.mocks.UpstreamName;
import pl.bramka.mocks.phone.Phone;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller says of itself in headers that proxies and frameworks are known to
 * believe.
 */
@ExtendWith(RunningGateway.class)
class ClaimsOfCallersTest {

	private static final String CLAIM = "claimed.example";

	private static final String[] CLAIMS = Stream
		.of("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix",
				"X-Forwarded-Ssl", "X-Real-IP", "X-Client-IP", "True-Client-IP", "X-User-Id", "X-User-Name",
				"X-Original-URL", "X-Original-Host", "X-Rewrite-URL", "X-HTTP-Method-Override", "X-HTTP-Method",
				"X-Method-Override", "X-Host", "X-Customer-Id", "Via", "Cookie", "X-B3-TraceId", "Baggage")
		.flatMap((name) -> Stream.of(name, CLAIM))
		.toArray(String[]::new);

	private final TestGateway gateway;

	ClaimsOfCallersTest(TestGateway gateway) {
		this.gateway = gateway;
	}

	private static String[] with(String... more) {
		String[] forwarded = { "Forwarded", "for=" + CLAIM + ";host=" + CLAIM + ";proto=http" };
		return Stream.of(CLAIMS, forwarded, more).flatMap(Arrays::stream).toArray(String[]::new);
	}

	private List<LoggedRequest> journal() {
		return Arrays.stream(UpstreamName.values())
			.flatMap((upstream) -> this.gateway.mocks().journal(upstream).stream())
			.toList();
	}

	@Test
	void reachNoUpstreamOnAnyRoute() throws IOException {
		Phone phone = this.gateway.phone();
		assertThat(phone
			.send("POST", "/v1/sessions", "{\"email\":\"anna@example.com\",\"password\":\"Haslo-123!\"}", with())
			.statusCode()).isEqualTo(201);
		Phone signedIn = this.gateway.signedIn("anna");
		for (String path : List.of("/v1/home", "/v1/contracts", "/v1/invoices", "/v1/customer", "/v1/sessions",
				"/v1/contracts/0030000421", "/v1/invoices?limit=1")) {
			assertThat(signedIn.get(path, with("Cache-Control", "no-cache")).statusCode()).as(path).isLessThan(405);
		}
		assertThat(signedIn.send("DELETE", "/v1/sessions/current", null, with()).statusCode()).isEqualTo(204);
		assertThat(journal()).hasSizeGreaterThan(5)
			.allSatisfy((request) -> assertThat(request.getHeaders().all())
				.noneSatisfy((header) -> assertThat(names(header) + header.values()).containsIgnoringCase(CLAIM))
				.noneSatisfy((header) -> assertThat(names(header)).startsWithIgnoringCase("x-forwarded")))
			.allSatisfy((request) -> assertThat(request.getUrl()).doesNotContain(CLAIM))
			.allSatisfy((request) -> assertThat(request.getHost()).isEqualTo("localhost"));
	}

	@Test
	void chooseNoOtherMethodAndNoOtherPath() throws IOException {
		Phone phone = this.gateway.signedIn("jan");
		for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
			assertThat(phone.get("/v1/sessions", header, "DELETE").statusCode()).isEqualTo(200);
			assertThat(phone.get("/v1/sessions/current?_method=DELETE", header, "DELETE").statusCode()).isEqualTo(405);
		}
		for (String header : List.of("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Uri")) {
			HttpResponse<String> answer = phone.get("/v1/problems", header, "/v1/home");
			assertThat(answer.body()).startsWith("{\"problems\":");
		}
		assertThat(phone.get("/v1/sessions").statusCode()).isEqualTo(200);
	}

	private static String names(HttpHeader header) {
		return header.key() + ": ";
	}

}
