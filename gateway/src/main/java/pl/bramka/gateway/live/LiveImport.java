package pl.bramka.gateway.live;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.ConfigDataResource;

/**
 * {@code spring.config.import} of {@code live:<path>}: a YAML file that is read at start
 * and watched from then on. It may be missing.
 */
final class LiveImport extends ConfigDataResource {

	static final String PREFIX = "live:";

	private final LiveFile file;

	private LiveImport(LiveFile file) {
		this.file = file;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LiveImport resource && this.file.equals(resource.file);
	}

	@Override
	public int hashCode() {
		return Objects.hashCode(this.file);
	}

	@Override
	public String toString() {
		return PREFIX + this.file.path();
	}

	/**
	 * Knows such an import by its prefix.
	 */
	static final class Resolver implements ConfigDataLocationResolver<LiveImport> {

		@Override
		public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
			return location.hasPrefix(PREFIX);
		}

		@Override
		public List<LiveImport> resolve(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
			return List.of(new LiveImport(new LiveFile(Path.of(location.getNonPrefixedValue(PREFIX)))));
		}

	}

	/**
	 * Reads it at start.
	 */
	static final class Loader implements ConfigDataLoader<LiveImport> {

		@Override
		public ConfigData load(ConfigDataLoaderContext context, LiveImport resource) {
			return new ConfigData(List.of(LiveSource.of(resource.file, resource.file.look())));
		}

	}

}
