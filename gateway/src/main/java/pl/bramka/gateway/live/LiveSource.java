package pl.bramka.gateway.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * What one look at a live file found, in its place among the sources of settings. A file
 * that is not there has its place too, so that one that appears finds it.
 */
final class LiveSource extends EnumerablePropertySource<LiveFile.Look>
		implements OriginLookup<String>, PropertySourceInfo {

	private static final String ROOT = "bramka.";

	private final LiveFile file;

	private final @Nullable OriginTrackedMapPropertySource values;

	private LiveSource(LiveFile file, LiveFile.Look look, @Nullable OriginTrackedMapPropertySource values) {
		super(LiveImport.PREFIX + file.path(), look);
		this.file = file;
		this.values = values;
	}

	/**
	 * Reads settings out of what was found.
	 * @throws BadSettings if they have no right form, whatever they mean
	 */
	static LiveSource of(LiveFile file, LiveFile.Look look) {
		return switch (look) {
			case LiveFile.Absent absent -> new LiveSource(file, absent, null);
			case LiveFile.Unreadable unreadable -> throw new BadSettings(Mistake.in(file, unreadable.reason()));
			case LiveFile.Content content -> {
				checkText(file, content.bytes());
				LiveSource source = new LiveSource(file, content, parsed(file, content.bytes()));
				source.checkKeys();
				yield source;
			}
		};
	}

	private static void checkText(LiveFile file, ByteBuffer bytes) {
		ByteBuffer text = bytes.duplicate();
		// Its decoders report what is malformed.
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
		try {
			if (decoder.decode(text).toString().isBlank()) {
				throw new BadSettings(Mistake.in(file, "is empty; to have the defaults back, remove it"));
			}
		}
		catch (IOException ex) {
			int line = 1;
			for (int i = 0; i < text.position(); i++) {
				line += (bytes.get(i) == '\n') ? 1 : 0;
			}
			throw new BadSettings(new Mistake(new Place(file.path().toString(), line, null), null, "is not UTF-8"));
		}
	}

	private static @Nullable OriginTrackedMapPropertySource parsed(LiveFile file, ByteBuffer content) {
		byte[] bytes = new byte[content.remaining()];
		content.duplicate().get(bytes);
		try {
			List<PropertySource<?>> documents = new YamlPropertySourceLoader().load(file.name(),
					new Text(bytes, file.path().toString()));
			if (documents.size() > 1) {
				throw new BadSettings(Mistake.in(file, "has more than one document (---)"));
			}
			return documents.isEmpty() ? null : (OriginTrackedMapPropertySource) documents.getFirst();
		}
		catch (MarkedYAMLException ex) {
			Mark mark = ex.getProblemMark();
			Place place = (mark != null) ? new Place(file.path().toString(), mark.getLine() + 1, mark.getColumn() + 1)
					: Place.of(file);
			throw new BadSettings(new Mistake(place, null, "is not YAML: " + ex.getProblem()));
		}
		catch (YAMLException | IOException | IllegalStateException ex) {
			throw new BadSettings(Mistake.in(file, "is not YAML: " + ex.getMessage()));
		}
	}

	/**
	 * What Spring reads at start only must not stand here, and a key must not stand here
	 * twice in two spellings.
	 */
	private void checkKeys() {
		Set<ConfigurationPropertyName> keys = new HashSet<>();
		for (String key : getPropertyNames()) {
			if (!key.startsWith(ROOT)) {
				throw bad(key, Diagnosis.UNKNOWN);
			}
			if (!keys.add(name(key))) {
				throw bad(key, "is there twice");
			}
		}
	}

	/** A key as it was written, so that spellings of the same are equal. */
	static ConfigurationPropertyName name(String key) {
		return ConfigurationPropertyName.adapt(key, '.');
	}

	BadSettings bad(String key, String reason) {
		Origin origin = getOrigin(key);
		return new BadSettings(new Mistake((origin != null) ? Place.of(origin) : Place.of(this.file), key, reason));
	}

	LiveFile file() {
		return this.file;
	}

	@Override
	public String[] getPropertyNames() {
		return (this.values != null) ? this.values.getPropertyNames() : new String[0];
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return (this.values != null) ? this.values.getProperty(name) : null;
	}

	@Override
	public @Nullable Origin getOrigin(String key) {
		return (this.values != null) ? this.values.getOrigin(key) : null;
	}

	@Override
	public boolean isImmutable() {
		return true;
	}

	/** Bytes that say where they are from. */
	private static final class Text extends ByteArrayResource {

		private final String path;

		Text(byte[] bytes, String path) {
			super(bytes, path);
			this.path = path;
		}

		@Override
		public String getDescription() {
			return this.path;
		}

	}

}
