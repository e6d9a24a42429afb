package pl.bramka.gateway.compatibility;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import pl.bramka.gateway.maintenance.FeatureStatus;

/**
 * What an app is told before anything else. Apps of years ago read it: members are only
 * added.
 *
 * @param verdict whether it is served
 * @param message what to tell the person; absent if all is well
 * @param servedUntil when this app on this phone is no longer served; absent if that is
 * not announced
 * @param storeLink where there is a newer one; absent on a phone that cannot run it
 * @param features how each feature is right now
 * @param biometricsAvailable whether a fingerprint may be enrolled on this phone
 * @param termsVersion the terms of use in force
 * @param contact whom to turn to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Compatibility(Verdict verdict, @Nullable String message, @Nullable Instant servedUntil, @Nullable URI storeLink,
		List<FeatureStatus> features, boolean biometricsAvailable, String termsVersion, Contact contact) {

	/**
	 * Whom to turn to.
	 *
	 * @param phone as it is dialled and shown
	 * @param formUrl the page with the contact form
	 */
	record Contact(String phone, URI formUrl) {

		static Contact from(pl.bramka.gateway.compatibility.Contact contact) {
			return new Contact(contact.phone(), contact.form());
		}

	}

}
