package pl.bramka.mocks.faults;

import java.util.Objects;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import org.jspecify.annotations.Nullable;

/**
 * A fault that is switched on, and how often it was played. Guarded by its owner.
 */
final class ActiveFault {

	private final Fault fault;

	private final @Nullable Pattern path;

	private int left;

	ActiveFault(Fault fault) {
		this.fault = fault;
		this.path = (fault.path() != null) ? Pattern.compile(fault.path()) : null;
		this.left = fault.times();
	}

	Fault fault() {
		return this.fault;
	}

	Fault remaining() {
		return this.fault.times(this.left);
	}

	boolean isForTheSameRequestsAs(Fault other) {
		return Objects.equals(this.fault.path(), other.path())
				&& Objects.equals(this.fault.requestId(), other.requestId());
	}

	boolean fits(Request request) {
		boolean writes = !request.getMethod().equals(RequestMethod.GET)
				&& !request.getMethod().equals(RequestMethod.HEAD);
		return (writes || this.fault.kind() != FaultKind.CSRF_403)
				&& (this.path == null || this.path.matcher(request.getUrl()).find())
				&& (this.fault.requestId() == null || this.fault.requestId().equals(request.getHeader("Request-Id")));
	}

	/**
	 * Counts one more play.
	 * @return whether that was the last
	 */
	boolean playsForTheLastTime() {
		if (this.fault.times() == 0) {
			return false;
		}
		this.left--;
		return this.left == 0;
	}

}
