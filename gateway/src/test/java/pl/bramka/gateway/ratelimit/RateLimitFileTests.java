package pl.bramka.gateway.ratelimit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code rate-limits.yml} may say, and what is shipped.
 */
class RateLimitFileTests {

	private static final String GOOD = """
			bramka.rate-limits.policies:
			  one:
			    key: address
			    calls:
			      - { methods: [ GET ], paths: [ /v1/** ], cost: 2 }
			    bandwidths:
			      day: { limit: 5, period: 1d }
			""";

	private static RateLimitProperties read(Resource file) {
		try {
			StandardEnvironment environment = new StandardEnvironment();
			environment.getPropertySources().addFirst(new YamlPropertySourceLoader().load("limits", file).getFirst());
			return Binder.get(environment)
				.bindOrCreate("bramka.rate-limits", Bindable.of(RateLimitProperties.class), new ValidationBindHandler(
						new SpringValidatorAdapter(Validation.buildDefaultValidatorFactory().getValidator())));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static RateLimitProperties read(String file) {
		return read(new ByteArrayResource(file.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void isRead() {
		RateLimitProperties.Policy policy = Objects.requireNonNull(read(GOOD).policies().get("one"));
		assertThat(policy.enabled()).isTrue();
		assertThat(policy.shared()).isTrue();
		assertThat(policy.failClosed()).isFalse();
		assertThat(policy.exceeded()).isEqualTo(RateLimitProperties.Exceeded.REFUSE);
		assertThat(policy.bandwidths()).containsEntry("day", new RateLimitProperties.Bandwidth(5, Duration.ofDays(1)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "key: address | key: nobody | nobody", "key: address | | key", "limit: 5 | limit: 0 | limit",
					"limit: 5 | limit: 1 | no cost may be more", "limit: 5 | limit: many | many",
					"period: 1d | period: 0s | period", "period: 1d | period: 10us | period",
					"period: 1d | period: 40d | period", "cost: 2 | cost: -1 | cost",
					"/v1/** | \"/v1/{x\" | a path is not a pattern", "/v1/** | v1/** | a path is not a pattern",
					"methods: [ GET ] | methods: [ FETCH ] | FETCH", "one: | One Two: | policies",
					"day: | Day!: | bandwidths", "cost: 2 | cost: 2, paths: [] | paths",
					"key: address | { key: address, exceeded: cached | only calls with refresh" })
	void isRefusedWithItsReason(String good, String bad, String reason) {
		String file = GOOD.replace(good, (bad != null) ? bad.replace("{ key: address,", "key: address\n   ") : "");
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> read(file))
			.satisfies((failure) -> assertThat(messages(failure)).contains(reason));
	}

	@Test
	void isRefusedWithoutPolicies() {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> read("bramka.rate-limits: {}"));
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> read("other: 1"));
	}

	@Test
	void isShippedWithSignInThatFailsClosed() {
		RateLimitProperties shipped = read(new FileSystemResource("../config/rate-limits.yml"));
		assertThat(shipped.policies()).isNotEmpty();
		assertThat(shipped.policies().values())
			.filteredOn((policy) -> policy.calls().stream().anyMatch((calls) -> calls.paths().contains("/v1/sessions")))
			.hasSize(2)
			.allSatisfy((policy) -> {
				assertThat(policy.failClosed()).isTrue();
				assertThat(policy.shared()).isTrue();
			});
		assertThat(shipped.policies().values()).allSatisfy((policy) -> assertThat(policy.enabled()).isTrue());
	}

	private static String messages(Throwable failure) {
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			messages.append(cause.getMessage()).append('\n').append(cause).append('\n');
		}
		return messages.toString();
	}

}
