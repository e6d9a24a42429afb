package pl.bramka.gateway.messages;

/**
 * What a message is about; decides who reads it.
 */
enum Topic {

	/** Anything else. */
	GENERAL,

	/** A bill: what is in it, how it comes. */
	INVOICE,

	/** A payment or a refund. */
	PAYMENT,

	/** A meter or a reading. */
	METER,

	/** A contract: its terms, its end, another address. */
	CONTRACT,

	/** Something that went wrong and is to be answered in the time the law sets. */
	COMPLAINT,

	/** The account is to be deleted: people do that. */
	ACCOUNT_DELETION

}
