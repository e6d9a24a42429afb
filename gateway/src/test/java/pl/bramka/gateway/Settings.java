package pl.bramka.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

/**
 * Settings as a file would have them, read and validated as at start.
 */
public final class Settings {

	private Settings() {
	}

	/** Reads a text as the gateway reads its files; throws what would stop a start. */
	public static <T> T read(String yaml, String prefix, Class<T> type) {
		try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("test",
					new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
			return new Binder(ConfigurationPropertySources.from(sources)).bindOrCreate(prefix, Bindable.of(type),
					new ValidationBindHandler(new SpringValidatorAdapter(validators.getValidator())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
