package pl.bramka.gateway.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.PropertySource;

/**
 * Settings of one type under one prefix, as they are in force.
 *
 * @param <T> the settings
 */
final class Setting<T> implements Live<T> {

	private static final Logger log = LoggerFactory.getLogger(Setting.class);

	private final ConfigurationPropertyName prefix;

	private final Function<List<PropertySource<?>>, Binding<T>> bind;

	private final List<Consumer<T>> reactions = new CopyOnWriteArrayList<>();

	private volatile Binding<T> inForce;

	/**
	 * Settings.
	 * @throws BadSettings if what the sources say now is no good
	 */
	Setting(ConfigurationPropertyName prefix, Function<List<PropertySource<?>>, Binding<T>> bind,
			List<PropertySource<?>> sources) {
		this.prefix = prefix;
		this.bind = bind;
		this.inForce = bind.apply(sources);
	}

	@Override
	public T value() {
		return this.inForce.value();
	}

	Collection<Given> given() {
		return this.inForce.given().values();
	}

	void whenChanged(Consumer<T> reaction) {
		this.reactions.add(reaction);
	}

	/**
	 * What other sources would bring into force.
	 * @throws BadSettings if that is no good
	 */
	Binding<T> over(List<PropertySource<?>> sources) {
		return this.bind.apply(sources);
	}

	/**
	 * The same, ready to be put into force, which tells the keys that change.
	 * @throws BadSettings if that is no good
	 */
	Change prepared(List<PropertySource<?>> sources) {
		Binding<T> next = over(sources);
		return () -> take(next);
	}

	private List<String> take(Binding<T> next) {
		Binding<T> before = this.inForce;
		Map<ConfigurationPropertyName, Given> given = new HashMap<>();
		List<String> changed = new ArrayList<>();
		next.given().forEach((key, value) -> {
			Given old = before.given().get(key);
			given.put(key, (old != null) ? value.after(old) : value);
			if (old == null || !old.value().equals(value.value())) {
				changed.add(key.toString());
			}
		});
		before.given()
			.keySet()
			.stream()
			.filter((key) -> !given.containsKey(key))
			.forEach((key) -> changed.add(key.toString()));
		boolean same = next.value().equals(before.value());
		this.inForce = new Binding<>(same ? before.value() : next.value(), given, next.asked());
		if (!same) {
			this.reactions.forEach((reaction) -> react(reaction, next.value()));
		}
		return changed;
	}

	/** One that fails must not keep the new settings from the others. */
	private void react(Consumer<T> reaction, T settings) {
		try {
			reaction.accept(settings);
		}
		catch (RuntimeException | Error ex) {
			log.error("{} changed, and not everybody goes by it", this.prefix, ex);
		}
	}

	/** Settings that are good and not yet in force. */
	interface Change {

		/** Puts them into force and tells the keys whose values differ. */
		List<String> take();

	}

}
