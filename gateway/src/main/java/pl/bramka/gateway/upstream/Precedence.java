package pl.bramka.gateway.upstream;

import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Whether upstream calls are made for a request that matters more than others, as signing
 * in and paying do. Handed down in the Reactor context; the last places of each system
 * are kept for such calls.
 */
public final class Precedence {

	/** One in so many places is kept. */
	private static final int ONE_IN = 10;

	private Precedence() {
	}

	/**
	 * Gives precedence to the calls of a request.
	 * @param context the Reactor context
	 * @return the context with it
	 */
	public static Context first(Context context) {
		return context.put(Precedence.class, true);
	}

	/** How many of a system's places a call may find taken and still begin. */
	static int places(ContextView context, int all) {
		return context.hasKey(Precedence.class) ? all : all - all / ONE_IN;
	}

}
