package pl.bramka.gateway.live;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.validation.Validator;

/**
 * Where features get the settings of theirs that may change while the gateway runs.
 */
@Component
public final class LiveSettings {

	private final Environment environment;

	private final Validator validator;

	LiveSettings(Environment environment, Validator validator) {
		this.environment = environment;
		this.validator = validator;
	}

	/**
	 * Settings under one prefix. Bad ones stop the start.
	 * @param prefix such as {@code bramka.rate-limits}
	 * @param type a record with constraints
	 * @param <T> the settings
	 * @return the settings in force, at each look
	 */
	public <T> Live<T> of(String prefix, Class<T> type) {
		T settings = Binder.get(this.environment)
			.bindOrCreate(prefix, Bindable.of(type), new ValidationBindHandler(this.validator));
		return () -> settings;
	}

}
