package pl.bramka.mocks;

import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.http.AdminRequestHandler;
import com.github.tomakehurst.wiremock.http.StubRequestHandler;
import com.github.tomakehurst.wiremock.jetty11.Jetty11HttpServer;
import wiremock.org.eclipse.jetty.io.EndPoint;

/**
 * The HTTP server of one upstream, whose port alone can be closed and opened again.
 * Stopping the whole server would lose a port that was chosen freely, and the threads
 * that answer later.
 */
final class ClosablePort extends Jetty11HttpServer {

	ClosablePort(Options options, AdminRequestHandler admin, StubRequestHandler stubs) {
		super(options, admin, stubs);
	}

	/**
	 * Closes the port and every connection: the next caller gets "connection refused".
	 */
	synchronized void refuse() {
		if (!this.httpConnector.isRunning()) {
			return;
		}
		this.httpConnector.setPort(this.httpConnector.getLocalPort());
		this.httpConnector.getConnectedEndPoints().forEach(EndPoint::close);
		lifecycle(this.httpConnector::stop);
		// One that was accepted meanwhile would wait for an answer that never comes.
		this.httpConnector.getConnectedEndPoints().forEach(EndPoint::close);
	}

	/**
	 * Opens the same port again.
	 */
	synchronized void accept() {
		if (!this.httpConnector.isRunning()) {
			lifecycle(this.httpConnector::start);
		}
	}

	@Override
	public void stop() {
		// Answers still waiting for their delay would hold the process up to their end.
		if (this.scheduledExecutorService != null) {
			this.scheduledExecutorService.shutdownNow();
		}
		super.stop();
	}

	private static void lifecycle(Step step) {
		try {
			step.run();
		}
		catch (Exception ex) {
			throw new IllegalStateException("The port did not change its state", ex);
		}
	}

	private interface Step {

		void run() throws Exception;

	}

}
