package pl.bramka.gateway.live;

/**
 * Settings that may change between two looks. Whoever decides something by them looks
 * once for one decision, and never keeps them.
 *
 * @param <T> the settings, a validated record
 */
@FunctionalInterface
public interface Live<T> {

	/**
	 * The settings in force.
	 * @return them, whole and valid
	 */
	T value();

}
