package pl.bramka.gateway.problem;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which problems an operation can be answered with, beside those that come from how every
 * operation is called: a bad request, a missing session, an overloaded gateway. Apps read
 * them in the API's description, and no test may meet another.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Answers {

	/**
	 * The problems of its own.
	 * @return entries of the catalogue
	 */
	ProblemCode[] value();

	/**
	 * Whether a browser is shown a page instead of a problem of the operation's own.
	 * @return false unless said otherwise
	 */
	boolean pages() default false;

}
