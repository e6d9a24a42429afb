package pl.bramka.gateway.live;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.validation.Validator;

/**
 * Settings as they came out of sources, whole and valid, and what came from where.
 *
 * @param value the settings
 * @param given by key, each value that a source gave
 * @param asked every key that was looked for
 * @param <T> the settings
 */
record Binding<T>(T value, Map<ConfigurationPropertyName, Given> given, Set<ConfigurationPropertyName> asked) {

	/**
	 * Binds settings.
	 * @throws BadSettings if a value cannot be understood or breaks a rule
	 */
	static <T> Binding<T> of(ConfigurationPropertyName prefix, Bindable<T> type, List<PropertySource<?>> sources,
			Validator validator, Instant now) {
		Notes notes = new Notes(now);
		try {
			T value = new Binder(ConfigurationPropertySources.from(sources),
					new PropertySourcesPlaceholdersResolver(sources))
				.bindOrCreate(prefix, type, new ValidationBindHandler(notes, validator));
			return new Binding<>(value, notes.given, notes.asked);
		}
		catch (BindException ex) {
			throw new Diagnosis(sources, notes.asked).of(ex);
		}
	}

	/**
	 * Notes on the way what was looked for and what was found where.
	 */
	private static final class Notes extends AbstractBindHandler {

		private final Instant now;

		private final Map<ConfigurationPropertyName, Given> given = new LinkedHashMap<>();

		private final Set<ConfigurationPropertyName> asked = new HashSet<>();

		Notes(Instant now) {
			this.now = now;
		}

		@Override
		public <B> @Nullable Bindable<B> onStart(ConfigurationPropertyName name, Bindable<B> target,
				BindContext context) {
			this.asked.add(name);
			return super.onStart(name, target, context);
		}

		@Override
		public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			ConfigurationProperty property = context.getConfigurationProperty();
			// Otherwise the context still holds the property of the last value below.
			if (property != null && property.getName().equals(name)) {
				this.given.put(name, Given.of(property, result, this.now));
			}
			return super.onSuccess(name, target, context, result);
		}

	}

}
