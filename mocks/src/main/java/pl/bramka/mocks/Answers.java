package pl.bramka.mocks;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import org.jspecify.annotations.Nullable;
import pl.bramka.mocks.faults.Faults;

/**
 * Gives every request of one server to its upstream, through the faults. It works on the
 * finished response, since a response definition would stay whole in the journal.
 */
final class Answers implements ResponseTransformerV2 {

	private final UpstreamName name;

	private final Faults faults;

	private volatile @Nullable PretendedUpstream upstream;

	Answers(UpstreamName name, Faults faults) {
		this.name = name;
		this.faults = faults;
	}

	void speakAs(PretendedUpstream upstream) {
		this.upstream = upstream;
	}

	void reset() {
		PretendedUpstream speaker = this.upstream;
		if (speaker != null) {
			speaker.reset();
		}
	}

	@Override
	public String getName() {
		return "answers-of-" + this.name.id();
	}

	@Override
	public Response transform(Response response, ServeEvent event) {
		PretendedUpstream speaker = this.upstream;
		if (speaker == null) {
			return rendered(new ResponseDefinition(503, "Starting"));
		}
		Request request = event.getRequest();
		return rendered(this.faults.answer(this.name, speaker, request));
	}

	private static Response rendered(ResponseDefinition answer) {
		Response.Builder builder = Response.response()
			.status(answer.getStatus())
			.statusMessage(answer.getStatusMessage())
			.headers(answer.getHeaders())
			.fault(answer.getFault())
			.configureDelay(null, null, answer.getFixedDelayMilliseconds(), answer.getDelayDistribution())
			.chunkedDribbleDelay(answer.getChunkedDribbleDelay());
		if (answer.specifiesBodyContent()) {
			builder.body(answer.getByteBody());
		}
		return builder.build();
	}

}
