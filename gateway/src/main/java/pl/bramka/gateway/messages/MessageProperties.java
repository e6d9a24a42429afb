package pl.bramka.gateway.messages;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of messages.
 *
 * @param reasons CRM's InteractionRecordReasonID of each topic
 * @param same how long the same message of a customer is the same ticket, whatever key it
 * has
 * @param doubt how long after a message was sent whose outcome is not known it may still
 * arrive: it is not sent again meanwhile
 * @param kept how long it is known what was sent; longer than the others
 * @param tidy how often those that were kept long enough are looked for
 * @param batch how many of them one statement removes
 */
@Validated
@ConfigurationProperties("bramka.messages")
record MessageProperties(@NotNull Map<Topic, @Pattern(regexp = "[A-Za-z0-9_]{1,10}") String> reasons,
		@NotNull @DurationMin(millis = 0) @DurationMax(hours = 24) Duration same,
		@NotNull @DurationMin(millis = 1) @DurationMax(hours = 24) Duration doubt,
		@NotNull @DurationMin(hours = 24) Duration kept, @NotNull @DurationMin(millis = 10) Duration tidy,
		@Min(1) @Max(10_000) int batch) {

	@AssertTrue(message = "every topic needs a reason")
	boolean isEveryTopicKnown() {
		return Arrays.stream(Topic.values()).allMatch(this.reasons::containsKey);
	}

	String reason(Topic topic) {
		return Objects.requireNonNull(this.reasons.get(topic));
	}

}
