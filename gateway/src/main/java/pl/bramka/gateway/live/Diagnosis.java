package pl.bramka.gateway.live;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.origin.Origin;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.PropertySource;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * What is wrong when settings cannot be bound, in words for whoever wrote them.
 */
final class Diagnosis {

	/** A misspelt key, or one that is read at start only. */
	static final String UNKNOWN = "is no setting that can change while the gateway runs";

	private final List<LiveSource> files;

	private final Set<ConfigurationPropertyName> asked;

	/**
	 * A diagnosis.
	 * @param sources what was bound
	 * @param asked the keys that were looked for
	 */
	Diagnosis(List<PropertySource<?>> sources, Set<ConfigurationPropertyName> asked) {
		this.files = sources.stream()
			.filter((source) -> source instanceof LiveSource)
			.map((source) -> (LiveSource) source)
			.toList();
		this.asked = asked;
	}

	BadSettings of(BindException failure) {
		BadSettings misspelt = misspelt(failure.getName());
		return (misspelt != null) ? misspelt : new BadSettings(mistake(failure));
	}

	/** A value that is missing is most often one whose key is misspelt. */
	private @Nullable BadSettings misspelt(ConfigurationPropertyName failed) {
		for (LiveSource file : this.files) {
			for (String key : file.getPropertyNames()) {
				ConfigurationPropertyName name = LiveSource.name(key);
				if (failed.isAncestorOf(name) && !this.asked.contains(name)) {
					return file.bad(key, UNKNOWN);
				}
			}
		}
		return null;
	}

	private Mistake mistake(BindException failure) {
		ConfigurationPropertyName key = failure.getName();
		if (failure.getCause() instanceof BindValidationException invalid) {
			ObjectError error = invalid.getValidationErrors().getAllErrors().getFirst();
			ConfigurationPropertyName owner = invalid.getValidationErrors().getName();
			return mistake(
					(error instanceof FieldError field)
							? owner.append(DataObjectPropertyName.toDashedForm(field.getField())) : owner,
					Origin.from(error), String.valueOf(error.getDefaultMessage()));
		}
		ConfigurationProperty property = failure.getProperty();
		if (property != null && property.getName().equals(key) && failure.getCause() instanceof ConversionException) {
			return mistake(key, property.getOrigin(), '\'' + Given.shown(key, String.valueOf(property.getValue()))
					+ "' is not " + what(failure.getTarget().getType().resolve(Object.class)));
		}
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		String reason = cause.getMessage();
		return mistake(key, null, (reason != null) ? reason : cause.getClass().getSimpleName());
	}

	private Mistake mistake(ConfigurationPropertyName key, @Nullable Origin origin, String reason) {
		Origin place = (origin != null) ? origin : firstOf(key);
		return new Mistake((place != null) ? Place.of(place) : null, key.toString(), reason);
	}

	/**
	 * Where the first value at or below a key stands: an object has no place of its own.
	 */
	private @Nullable Origin firstOf(ConfigurationPropertyName wanted) {
		for (LiveSource file : this.files) {
			for (String key : file.getPropertyNames()) {
				ConfigurationPropertyName name = LiveSource.name(key);
				if (wanted.equals(name) || wanted.isAncestorOf(name)) {
					return file.getOrigin(key);
				}
			}
		}
		return null;
	}

	private static String what(Class<?> type) {
		Object @Nullable [] constants = type.getEnumConstants();
		return (constants != null) ? "one of " + Arrays.toString(constants) : "of the type " + type.getSimpleName();
	}

}
