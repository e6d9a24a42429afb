package pl.bramka.gateway.strict;

/** How far the request of a connection is. */
enum Stage {

	/** Between requests. */
	OPEN,

	/** The head is read, the body not yet whole. */
	ARRIVING,

	/** Handed on. */
	ANSWERING,

	/** Nothing is read or written any more. */
	CLOSED

}
