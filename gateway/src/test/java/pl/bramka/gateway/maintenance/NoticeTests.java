package pl.bramka.gateway.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.Settings;

import static org.assertj.core.api.Assertions.assertThat;

class NoticeTests {

	private static String window(String feature, String from, String until, String state, String pl, String en) {
		return """
				    - feature: %s
				      from: 2026-11-%s:00Z
				      until: 2026-11-%s:00Z
				      state: %s
				      message: { pl: "%s", en: "%s" }
				""".formatted(feature, from, until, state, pl, en);
	}

	private static List<Notice> at(String now, String... windows) {
		MaintenanceSettings settings = Settings.read("m:\n  windows:\n" + String.join("", windows), "m",
				MaintenanceSettings.class);
		return Notice.of(settings.coming(Instant.parse("2026-11-" + now + ":00Z"), Duration.ofDays(7)),
				Language.POLISH);
	}

	@ParameterizedTest
	@CsvSource({ "13T21:59, 0", "13T22:00, 1", "20T21:00, 1", "20T22:00, 1", "21T01:59, 1", "21T02:00, 0",
			"30T00:00, 0" })
	void areToldFromAWeekBeforeToTheEnd(String now, int notices) {
		assertThat(at(now, window("payments", "20T22:00", "21T02:00", "off", "Prace", "Work"))).hasSize(notices);
	}

	@Test
	void areOneForFeaturesThatAreWorkedOnTogether() {
		List<Notice> notices = at("18T00:00", window("contact", "20T22:00", "21T02:00", "off", "Prace", "Work"),
				window("sign-in", "20T22:00", "21T02:00", "off", "Prace", "Work"),
				window("sign-in", "20T22:00", "21T02:00", "off", "Prace", "Work"));
		assertThat(notices).singleElement()
			.returns(List.of(Feature.SIGN_IN, Feature.CONTACT), Notice::features)
			.returns("Prace", Notice::message);
	}

	@Test
	void areSeveralWhereAnythingDiffers() {
		List<Notice> notices = at("18T00:00", window("payments", "20T22:00", "21T02:00", "off", "Prace", "Work"),
				window("invoices", "20T22:00", "21T02:00", "off", "Prace", "Works"),
				window("contracts", "20T22:00", "21T02:00", "read-only", "Prace", "Work"),
				window("profile", "20T22:00", "21T03:00", "off", "Prace", "Work"),
				window("contact", "20T21:00", "21T02:00", "off", "Prace", "Work"));
		assertThat(notices).extracting((notice) -> notice.features().getFirst())
			.containsExactly(Feature.CONTACT, Feature.PAYMENTS, Feature.INVOICES, Feature.CONTRACTS, Feature.PROFILE);
	}

}
