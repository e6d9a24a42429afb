package pl.bramka.gateway.connections;

import reactor.netty.ReactorNetty;
import reactor.netty.resources.LoopResources;

/**
 * The threads of a gateway's network: one takes connections, the others work.
 */
public final class EventLoops {

	private EventLoops() {
	}

	/**
	 * Left to itself a server works on four at the least. On a single processor each of
	 * them keeps the others waiting for as long as the system lets it run; on more, one
	 * that has to wait for a thread of another kind leaves the others going.
	 * @return not started yet; how many work may be set by the property
	 * {@code reactor.netty.ioWorkerCount}
	 */
	public static LoopResources create() {
		boolean alone = Runtime.getRuntime().availableProcessors() == 1
				&& System.getProperty(ReactorNetty.IO_WORKER_COUNT) == null;
		return LoopResources.create("reactor-http", 1, alone ? 1 : LoopResources.DEFAULT_IO_WORKER_COUNT, true);
	}

}
