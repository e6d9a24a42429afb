package pl.bramka.gateway.docs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An operation that apps should stop using. It works as before until it is removed, and
 * every answer of it, problems too, carries {@code Deprecation} (RFC 9745),
 * {@code Sunset} (RFC 8594) and a link to what replaces it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Retired {

	/**
	 * Since when it is retired.
	 * @return a date, {@code yyyy-MM-dd}, at midnight UTC
	 */
	String since();

	/**
	 * From when on it may be gone.
	 * @return a date, {@code yyyy-MM-dd}, at midnight UTC
	 */
	String sunset();

	/**
	 * What to use instead.
	 * @return a path of this API
	 */
	String successor();

}
