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

}
