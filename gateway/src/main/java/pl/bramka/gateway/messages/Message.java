package pl.bramka.gateway.messages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * What a customer writes.
 *
 * @param topic what it is about
 * @param contractId the contract it is about, one of their own; null for none
 * @param text in their words
 */
record Message(Topic topic, @Nullable String contractId, String text) {

	/** What people at CRM read. */
	String note() {
		return (this.contractId != null) ? "Umowa " + this.contractId + "\n\n" + this.text : this.text;
	}

	/** SHA-256 of all of it, base64url. */
	String hash() {
		try {
			String all = this.topic + "\n" + ((this.contractId != null) ? this.contractId : "") + "\n" + this.text;
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Never the text. */
	@Override
	public String toString() {
		return "Message[" + this.topic + "]";
	}

}
