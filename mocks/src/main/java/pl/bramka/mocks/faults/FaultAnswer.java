package pl.bramka.mocks.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import pl.bramka.mocks.PretendedUpstream;
import pl.bramka.mocks.UpstreamName;

/**
 * What a faulty upstream answers to one request.
 */
final class FaultAnswer {

	private static final double LOGNORMAL_SIGMA = 0.8;

	private static final int DRIBBLE_PIECES = 20;

	private final UpstreamName name;

	private final PretendedUpstream upstream;

	private final Request request;

	FaultAnswer(UpstreamName name, PretendedUpstream upstream, Request request) {
		this.name = name;
		this.upstream = upstream;
		this.request = request;
	}

	ResponseDefinition to(pl.bramka.mocks.faults.Fault fault) {
		int millis = (int) fault.duration().toMillis();
		return switch (fault.kind()) {
			case SLOW -> usual().withFixedDelay(millis).build();
			case SLOW_LOGNORMAL -> usual().withLogNormalRandomDelay(Math.max(1, millis), LOGNORMAL_SIGMA).build();
			case BLACK_HOLE -> silence(millis);
			case DRIBBLE -> usual().withChunkedDribbleDelay(DRIBBLE_PIECES, millis).build();
			case RESET, REFUSED -> broken(Fault.CONNECTION_RESET_BY_PEER);
			case EMPTY -> broken(Fault.EMPTY_RESPONSE);
			case GARBAGE -> broken(Fault.RANDOM_DATA_THEN_CLOSE);
			case MALFORMED -> broken(Fault.MALFORMED_RESPONSE_CHUNK);
			case HTML_LOGIN -> page(200, "text/html; charset=utf-8", "/faults/html-login.html").build();
			case REQUEST_REJECTED -> page(200, "text/html; charset=utf-8", "/faults/request-rejected.html").build();
			case XML_ERROR -> xmlError();
			case CSRF_403 ->
				page(403, "text/plain; charset=utf-8", "/faults/csrf-403.txt").withHeader("X-CSRF-Token", "Required")
					.build();
			case BUSINESS_RULE -> page(400, "application/json", "/faults/business-rule.json").build();
			case UNCAUGHT -> page(500, "application/json", "/faults/uncaught.json").build();
			case UNAVAILABLE -> page(503, "text/html; charset=utf-8", "/faults/unavailable.html").build();
			case PLAIN_ERROR -> page(200, "text/plain; charset=utf-8", "/operator/plain-error.txt").build();
			case BOOKED_BUT_TIMED_OUT -> ResponseDefinitionBuilder.like(ownFault(fault)).withFixedDelay(millis).build();
			case BAD_HASH, BAD_NOTIFICATION_HASH, WRONG_AMOUNT, REPEATED_ITN, SUCCESS_AFTER_FAILURE, TWO_REMOTE_IDS,
					REFRESH_REUSED, UNKNOWN_KID, LARGE_PDF, WRONG_PPE ->
				ownFault(fault);
		};
	}

	private ResponseDefinition xmlError() {
		return (this.name == UpstreamName.OPERATOR)
				? page(200, "application/xml; charset=utf-8", "/operator/error.xml").build()
				: page(500, "application/xml; charset=utf-8", "/faults/xml-error.xml").build();
	}

	private ResponseDefinition ownFault(pl.bramka.mocks.faults.Fault fault) {
		return (this.upstream instanceof FaultPlayer player) ? player.answer(this.request, fault.kind())
				: this.upstream.answer(this.request);
	}

	private ResponseDefinitionBuilder usual() {
		return ResponseDefinitionBuilder.like(this.upstream.answer(this.request));
	}

	private static ResponseDefinition silence(int millis) {
		return new ResponseDefinitionBuilder().withFixedDelay(millis).withFault(Fault.EMPTY_RESPONSE).build();
	}

	private static ResponseDefinition broken(Fault fault) {
		return new ResponseDefinitionBuilder().withFault(fault).build();
	}

	private static ResponseDefinitionBuilder page(int status, String type, String resource) {
		return new ResponseDefinitionBuilder().withStatus(status)
			.withHeader("Content-Type", type)
			.withBody(bytes(resource));
	}

	private static byte[] bytes(String resource) {
		try (InputStream stream = FaultAnswer.class.getResourceAsStream(resource)) {
			return Objects.requireNonNull(stream, resource).readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
