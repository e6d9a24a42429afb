package pl.bramka.gateway.live;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.validation.MessageInterpolator;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.validation.MessageInterpolatorFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;
import org.springframework.validation.Validator;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

/**
 * Where features get the settings of theirs that may change while the gateway runs. The
 * prefixes they ask for are what a live file may contain.
 */
@Component
public final class LiveSettings {

	private final ConfigurableEnvironment environment;

	private final Clock clock;

	private final Validator validator = validator();

	private final List<Setting<?>> settings = new ArrayList<>();

	LiveSettings(ConfigurableEnvironment environment, Clock clock) {
		this.environment = environment;
		this.clock = clock;
	}

	/**
	 * Settings under one prefix. Bad ones stop the start.
	 * @param prefix such as {@code bramka.rate-limits}
	 * @param type a record with constraints; what its constructor throws is a reason for
	 * refusal too
	 * @param <T> the settings
	 * @return the settings in force, at each look
	 */
	public synchronized <T> Live<T> of(String prefix, Class<T> type) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(prefix);
		Setting<T> setting = new Setting<>(name,
				(sources) -> Binding.of(name, Bindable.of(type), sources, this.validator, this.clock.instant()),
				sources());
		this.settings.add(setting);
		return setting;
	}

	/**
	 * Has something done each time after settings changed, on a thread of its own that
	 * may wait. For what is made of settings; whoever only reads them looks.
	 * @param live what {@link #of} gave
	 * @param reaction gets the settings that are in force from then on
	 * @param <T> the settings
	 */
	public <T> void whenChanged(Live<T> live, Consumer<T> reaction) {
		((Setting<T>) live).whenChanged(reaction);
	}

	/** The live files as they were last taken, in the order in which one wins. */
	List<LiveSource> files() {
		return sources().stream()
			.filter((source) -> source instanceof LiveSource)
			.map((source) -> (LiveSource) source)
			.toList();
	}

	/** Every value that a source gave, by key. */
	synchronized List<Given> given() {
		return this.settings.stream()
			.flatMap((setting) -> setting.given().stream())
			.sorted(Comparator.comparing(Given::key))
			.distinct()
			.toList();
	}

	/**
	 * Looks at the mistakes that a file can have by itself, also where something else
	 * wins over what it says.
	 * @throws BadSettings if it has one
	 */
	synchronized void check(LiveSource file) {
		List<PropertySource<?>> first = new ArrayList<>(sources());
		first.removeIf((source) -> source.getName().equals(file.getName()));
		first.addFirst(file);
		Set<ConfigurationPropertyName> known = new HashSet<>();
		Set<ConfigurationPropertyName> asked = new HashSet<>();
		for (Setting<?> setting : this.settings) {
			Binding<?> binding = setting.over(first);
			known.addAll(binding.given().keySet());
			asked.addAll(binding.asked());
		}
		for (String key : file.getPropertyNames()) {
			ConfigurationPropertyName name = LiveSource.name(key);
			boolean empty = String.valueOf(file.getProperty(key)).isEmpty();
			if (!known.contains(name) && !(asked.contains(name) && empty)) {
				throw file.bad(key, Diagnosis.UNKNOWN);
			}
		}
	}

	/**
	 * Puts a file's content into force: all of it, or nothing.
	 * @return the keys whose values changed
	 * @throws BadSettings if nothing of it holds
	 */
	synchronized List<String> apply(LiveSource file) {
		check(file);
		List<PropertySource<?>> next = new ArrayList<>(sources());
		next.replaceAll((source) -> source.getName().equals(file.getName()) ? file : source);
		List<Setting.Change> changes = new ArrayList<>();
		for (Setting<?> setting : this.settings) {
			changes.add(setting.prepared(next));
		}
		this.environment.getPropertySources().replace(file.getName(), file);
		return changes.stream().flatMap((change) -> change.take().stream()).toList();
	}

	/** Without Boot's view on all of them, which would bring in what is replaced. */
	private List<PropertySource<?>> sources() {
		List<PropertySource<?>> sources = new ArrayList<>();
		this.environment.getPropertySources().forEach((source) -> {
			if (!ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
				sources.add(source);
			}
		});
		return sources;
	}

	/**
	 * One that says in words what is wrong. Answers to callers are validated without
	 * words.
	 */
	private static Validator validator() {
		MessageInterpolator words = new MessageInterpolatorFactory().getObject();
		LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();
		validator.setMessageInterpolator(new MessageInterpolator() {
			@Override
			public String interpolate(String template, Context context) {
				return words.interpolate(template, context, Locale.ROOT);
			}

			@Override
			public String interpolate(String template, Context context, Locale locale) {
				return interpolate(template, context);
			}
		});
		validator.afterPropertiesSet();
		return validator;
	}

}
