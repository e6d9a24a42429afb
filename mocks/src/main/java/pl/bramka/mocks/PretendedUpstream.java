package pl.bramka.mocks;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/**
 * One pretended system: what it answers, and what it remembers. The server around it (a
 * port, a request journal, the faults that can be switched on) is the same for all.
 */
public interface PretendedUpstream {

	/**
	 * Answers one request as the real system would when nothing is wrong.
	 * @param request the request as received
	 * @return the whole answer, also for a path the system does not have
	 */
	ResponseDefinition answer(Request request);

	/**
	 * Forgets everything that requests changed: back to the personas as they are written.
	 */
	void reset();

}
