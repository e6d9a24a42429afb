package pl.bramka.gateway.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that operations edit while the gateway runs. It is its content that is looked
 * at, not its time: editors replace files, volumes swap links to whole folders, and two
 * edits may fall into one tick of a clock.
 *
 * @param path where it is
 */
record LiveFile(Path path) {

	/** No settings are this long; more is not read into memory. */
	static final int MOST_BYTES = 1 << 20;

	/** The name without its folder. */
	String name() {
		return String.valueOf(this.path.getFileName());
	}

	/** Reads the file as it is now. Whatever can be wrong with a file is an answer. */
	Look look() {
		try {
			if (!Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)) {
				Path folder = this.path.toAbsolutePath().getParent();
				return new Absent(folder != null && Files.isDirectory(folder));
			}
			if (!Files.isRegularFile(this.path)) {
				return new Unreadable("is not a file, or a link to none");
			}
			try (InputStream content = Files.newInputStream(this.path)) {
				byte[] bytes = content.readNBytes(MOST_BYTES + 1);
				return (bytes.length > MOST_BYTES) ? new Unreadable("is larger than 1 MiB")
						: new Content(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
			}
		}
		catch (IOException ex) {
			return new Unreadable("cannot be read (" + ex.getClass().getSimpleName() + ")");
		}
	}

	/** What one look found. Two looks are equal if they found the same. */
	sealed interface Look {

	}

	/**
	 * No such file.
	 *
	 * @param folder whether its folder is there
	 */
	record Absent(boolean folder) implements Look {
	}

	/**
	 * A file.
	 *
	 * @param bytes all of it
	 */
	record Content(ByteBuffer bytes) implements Look {
	}

	/**
	 * Something that cannot be read.
	 *
	 * @param reason why
	 */
	record Unreadable(String reason) implements Look {
	}

}
