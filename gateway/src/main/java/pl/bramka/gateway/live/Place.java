package pl.bramka.gateway.live;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedResource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * Where something was written.
 *
 * @param source a file, an environment variable, or what else settings come from
 * @param line in the file, from 1
 * @param column in the line, from 1
 */
record Place(String source, @Nullable Integer line, @Nullable Integer column) {

	static Place of(LiveFile file) {
		return new Place(file.path().toString(), null, null);
	}

	static Place of(Origin origin) {
		if (origin instanceof TextResourceOrigin text) {
			TextResourceOrigin.Location location = text.getLocation();
			String file = name(text.getResource());
			return (location != null) ? new Place(file, location.getLine() + 1, location.getColumn() + 1)
					: new Place(file, null, null);
		}
		if (origin instanceof SystemEnvironmentOrigin variable) {
			return new Place("environment variable " + variable.getProperty(), null, null);
		}
		if (origin instanceof PropertySourceOrigin property) {
			Origin written = property.getOrigin();
			if (written != null) {
				return of(written);
			}
			boolean variable = property.getPropertySource() instanceof SystemEnvironmentPropertySource;
			return new Place(variable ? "environment variable " + property.getPropertyName()
					: property.getPropertySource().getName(), null, null);
		}
		return new Place(origin.toString(), null, null);
	}

	private static String name(@Nullable Resource resource) {
		if (resource instanceof OriginTrackedResource tracked) {
			return name(tracked.getResource());
		}
		if (resource instanceof ClassPathResource packaged) {
			return packaged.getPath();
		}
		try {
			return (resource == null) ? "unknown"
					: resource.isFile() ? resource.getFile().getPath() : resource.getDescription();
		}
		catch (IOException ex) {
			return resource.getDescription();
		}
	}

	@Override
	public String toString() {
		if (this.line == null) {
			return this.source;
		}
		return this.source + ':' + this.line + ((this.column != null) ? ":" + this.column : "");
	}

}
