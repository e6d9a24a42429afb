package pl.bramka.mocks.faults;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import pl.bramka.mocks.PretendedUpstream;

/**
 * An upstream with faults of its own, which nobody else can play.
 */
public interface FaultPlayer extends PretendedUpstream {

	/**
	 * Answers one request with one of the upstream's own faults.
	 * @param request the request as received
	 * @param kind a kind that only this upstream has
	 * @return the whole answer; the usual one where the fault means nothing
	 */
	ResponseDefinition answer(Request request, FaultKind kind);

}
