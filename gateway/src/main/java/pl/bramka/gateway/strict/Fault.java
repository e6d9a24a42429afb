package pl.bramka.gateway.strict;

/**
 * What is noticed of a connection before its bytes are read as requests, told to the
 * {@link RequestGuard} behind the decoder.
 */
enum Fault {

	/** There are more connections than the node carries. */
	FULL,

	/** The bytes are no request. */
	MALFORMED,

	/** A request did not arrive whole in time. */
	LATE,

	/** Nothing arrived at all. */
	SILENT,

	/** More arrived although the request before is not answered yet. */
	UNASKED

}
