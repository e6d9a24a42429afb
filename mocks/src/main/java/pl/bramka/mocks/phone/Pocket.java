package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a phone of the command line keeps its key, its tokens and where it was signed in:
 * one folder per name, readable by its owner only.
 *
 * @param folder of all phones
 * @param name of this one
 */
record Pocket(Path folder, String name) {

	private static final String LAST = "last-signed-in";

	private static final String DEVICE = "device-id";

	private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

	Pocket {
		if (!name.matches("[\\w@.+-]{1,100}") || name.startsWith(".") || name.equals(LAST)) {
			throw new IllegalArgumentException("'" + name + "' cannot be the name of a phone");
		}
	}

	static Optional<Pocket> lastSignedIn(Path folder) throws IOException {
		Path last = folder.resolve(LAST);
		return Files.exists(last) ? Optional.of(new Pocket(folder, Files.readString(last).strip())) : Optional.empty();
	}

	/**
	 * The key of this phone, made at first use.
	 */
	DeviceKey key() throws IOException {
		Optional<String> kept = read("key.json");
		if (kept.isPresent()) {
			return DeviceKey.parse(kept.get());
		}
		DeviceKey key = DeviceKey.generate();
		write("key.json", key.privateJwk());
		return key;
	}

	Optional<Tokens> tokens() throws IOException {
		return read("tokens.json").map(Tokens::parse);
	}

	void keep(Optional<Tokens> tokens) throws IOException {
		if (tokens.isPresent()) {
			write("tokens.json", tokens.get().json());
			if (tokens.get().deviceId() != null) {
				write(DEVICE, tokens.get().deviceId());
			}
		}
		else {
			Files.deleteIfExists(this.folder.resolve(this.name).resolve("tokens.json"));
		}
	}

	/** What the gateway calls this phone; kept beyond a sign-out. */
	Optional<String> deviceId() throws IOException {
		return read(DEVICE);
	}

	/** The key that a fingerprint releases, if one was enrolled. */
	Optional<DeviceKey> biometricKey() throws IOException {
		return read("biometric-key.json").map(DeviceKey::parse);
	}

	void keepBiometricKey(Optional<DeviceKey> key) throws IOException {
		if (key.isPresent()) {
			write("biometric-key.json", key.get().privateJwk());
		}
		else {
			Files.deleteIfExists(this.folder.resolve(this.name).resolve("biometric-key.json"));
		}
	}

	/** The id of the last quote or payment of this phone. */
	Optional<String> last(String what) throws IOException {
		return read("last-" + what);
	}

	void keepLast(String what, String id) throws IOException {
		write("last-" + what, id);
	}

	Optional<Place> place() throws IOException {
		return read("place.json").map((json) -> JsonMapper.shared().readValue(json, Place.class));
	}

	void signedInAt(Place place) throws IOException {
		write("place.json", JsonMapper.shared().writeValueAsString(place));
		write(this.folder, LAST, this.name);
	}

	private Optional<String> read(String file) throws IOException {
		Path path = this.folder.resolve(this.name).resolve(file);
		return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
	}

	private void write(String file, String content) throws IOException {
		write(this.folder.resolve(this.name), file, content);
	}

	private static void write(Path folder, String file, String content) throws IOException {
		Path temporary;
		if (POSIX) {
			Files.createDirectories(folder,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			temporary = Files.createTempFile(folder, file, ".new",
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		else {
			Files.createDirectories(folder);
			temporary = Files.createTempFile(folder, file, ".new");
		}
		Files.write(temporary, content.getBytes(StandardCharsets.UTF_8));
		Files.move(temporary, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING,
				StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Where a phone was signed in.
	 *
	 * @param gateway base URL that was called
	 * @param publicUrl base URL that proofs name, or null if it is the same
	 */
	record Place(URI gateway, @Nullable URI publicUrl) {
	}

}
