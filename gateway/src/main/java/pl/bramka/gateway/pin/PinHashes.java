package pl.bramka.gateway.pin;

import java.util.Optional;

import pl.bramka.gateway.keys.Peppers;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes of PINs: Argon2id (RFC 9106) over a keyed hash of device and PIN. Ten thousand
 * PINs are tried in a minute whatever one costs, so it is the pepper, which is not in the
 * database, that makes a stolen database worthless. For threads of {@link HashPool} only.
 */
@Component
final class PinHashes {

	private static final int SALT_BYTES = 16;

	private static final int HASH_BYTES = 32;

	private final Peppers peppers;

	private final Argon2PasswordEncoder argon;

	/** What a PIN is compared with where there is none. */
	private final String nobodys;

	PinHashes(Peppers peppers, PinProperties settings) {
		this.peppers = peppers;
		this.argon = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1, (int) settings.memory().toKilobytes(),
				settings.iterations());
		this.nobodys = this.argon.encode("");
	}

	/**
	 * A hash as it is stored.
	 *
	 * @param value with salt and parameters
	 * @param pepper the name of the pepper in it
	 */
	record Hash(String value, String pepper) {

		/** Never the hash. */
		@Override
		public String toString() {
			return "Hash";
		}

	}

	/** The hash of a new PIN. */
	Hash of(String deviceId, String pin) {
		String pepper = this.peppers.current();
		return new Hash(this.argon.encode(mixed(pepper, deviceId, pin).orElseThrow()), pepper);
	}

	/** Whether this hash can be compared with anything: its pepper may be gone. */
	boolean isReadable(Hash hash) {
		return this.peppers.mix(hash.pepper(), "").isPresent();
	}

	/** Whether it is the PIN's. */
	boolean fits(Hash hash, String deviceId, String pin) {
		return mixed(hash.pepper(), deviceId, pin).map((mixed) -> this.argon.matches(mixed, hash.value()))
			.orElseGet(() -> fitsNobody(deviceId, pin));
	}

	/** Takes as long as {@link #fits}, and is never so. */
	boolean fitsNobody(String deviceId, String pin) {
		this.argon.matches(mixed(this.peppers.current(), deviceId, pin).orElseThrow(), this.nobodys);
		return false;
	}

	/** Whether a hash made now would be a better one. */
	boolean isOld(Hash hash) {
		return !hash.pepper().equals(this.peppers.current()) || this.argon.upgradeEncoding(hash.value());
	}

	private Optional<String> mixed(String pepper, String deviceId, String pin) {
		return this.peppers.mix(pepper, deviceId + '|' + pin);
	}

}
