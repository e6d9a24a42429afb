package pl.bramka.gateway.pin;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A try that was counted and waits for its verdict.
 *
 * @param deviceId whose PIN it is for
 * @param customerId whose day it is counted in
 * @param day that day
 * @param setAt when the PIN was set: it may be another one by now
 * @param hash of the PIN
 */
record Try(String deviceId, String customerId, LocalDate day, Instant setAt, PinHashes.Hash hash) {

	/** One that is counted for no PIN. */
	static Try ofNobody(String customerId, LocalDate day) {
		return new Try("", customerId, day, Instant.EPOCH, new PinHashes.Hash("", ""));
	}

}
