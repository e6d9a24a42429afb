package pl.bramka.gateway.keys;

import java.nio.file.Path;

import jakarta.validation.constraints.AssertTrue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the gateway's keys are. They are one JWK Set (RFC 7517): RSA keys sign access
 * tokens, and each {@code oct} key of 256 bits says with {@code key_ops} what it is for:
 * {@code encrypt} seals the identity provider's tokens and what apps bring back unread,
 * {@code sign} makes pseudonyms, {@code deriveBits} peppers PINs. Of each kind the first
 * key is used for what is new, and all for what is there already; of pseudonyms there is
 * one key only.
 *
 * @param file a file with the set
 * @param set the set itself, for installations that hand secrets over in the process
 * environment
 * @param create whether a missing file is made at start
 * @param acceptLocal whether keys may be used that a gateway made for itself: never where
 * something of value is protected
 */
@Validated
@ConfigurationProperties("bramka.keys")
record KeysProperties(@Nullable Path file, @Nullable String set, boolean create, boolean acceptLocal) {

	/** Whether it is said once where they are. */
	@AssertTrue(message = "either bramka.keys.file or bramka.keys.set must be given, not both")
	public boolean isOnePlace() {
		return (this.file != null) != (this.set != null && !this.set.isBlank());
	}

	/** Never the keys. */
	@Override
	public String toString() {
		return "KeysProperties[" + this.file + "]";
	}

}
