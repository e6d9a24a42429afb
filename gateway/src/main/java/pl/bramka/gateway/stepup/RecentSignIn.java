package pl.bramka.gateway.stepup;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import pl.bramka.gateway.customer.AuthenticationMethod;

/**
 * An operation for which the customer must have signed in just now. Others are answered
 * {@code insufficient-user-authentication} before the operation sees anything of them.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface RecentSignIn {

	/**
	 * Which ways to sign in are good enough.
	 * @return any of them unless said otherwise
	 */
	AuthenticationMethod[] methods() default { AuthenticationMethod.PASSWORD, AuthenticationMethod.PIN,
			AuthenticationMethod.BIOMETRIC };

	/**
	 * Whether the operation decides by itself, with
	 * {@link RecentSignIns#require(pl.bramka.gateway.customer.Customer, AuthenticationMethod...)},
	 * because something in its body may stand for a recent sign-in. The API's description
	 * says the same then; the gate lets the call pass.
	 * @return false unless said otherwise
	 */
	boolean byHandler() default false;

}
