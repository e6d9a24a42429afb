package pl.bramka.gateway.compatibility;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import pl.bramka.gateway.Settings;
import pl.bramka.gateway.freshness.Time;
import pl.bramka.gateway.problem.Language;
import pl.bramka.gateway.wording.Wording;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VerdictsTests {

	private static final String RULES = """
			a:
			  contact: { phone: "1", form: "https://example.com" }
			  android:
			    minimum-os:
			      - version: "5.0"
			      - version: "6"
			        from: 2027-06-01
			    biometrics-from: "6.0"
			    minimum:
			      - version: "3.0.0"
			      - version: "3.2"
			        from: 2027-03-01T00:00
			      - version: "3.3.5"
			        from: 2027-05-01T00:00:00+02:00
			    recommended:
			      - version: "3.4"
			      - version: "3.10"
			        from: 2027-02-01 08:00
			    blocked: [ "3.5.0", "3.6.0 - 3.6.2" ]
			    released: [ "3.0", "3.2", "3.3", "3.4", "3.5", "3.6", "3.10" ]
			    store: google-play
			    stores:
			      google-play:
			        link: https://google.example
			      app-gallery:
			        link: https://huawei.example
			        minimum-os: [ { version: "7" } ]
			        minimum: [ { version: "3.2.0" } ]
			        recommended: []
			        blocked: []
			  ios:
			    minimum-os: [ { version: "11" } ]
			    biometrics-from: "11"
			    minimum: [ { version: "3.0.0" } ]
			    released: [ "3.0" ]
			    store: app-store
			    stores:
			      app-store: { link: "https://apple.example" }
			""";

	private final Time time = new Time("2027-01-10T12:00:00Z");

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final AppSettings settings = settings(RULES);

	private final Verdicts verdicts = new Verdicts(() -> this.settings, this.time, this.meters);

	private static AppSettings settings(String yaml) {
		return Settings.read(yaml, "a", AppSettings.class);
	}

	private static App app(@Nullable String platform, @Nullable String version, @Nullable String os,
			@Nullable String store) {
		HttpHeaders headers = new HttpHeaders();
		if (platform != null) {
			headers.add("App-Platform", platform);
		}
		if (version != null) {
			headers.add("App-Version", version);
		}
		if (os != null) {
			headers.add("App-OS-Version", os);
		}
		if (store != null) {
			headers.add("App-Store", store);
		}
		return App.of(headers);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			android, 3.10.0,    14,     -,            SUPPORTED
			android, 3.4.0,     14,     google-play,  SUPPORTED
			android, 3.4,       5.0,    -,            SUPPORTED
			android, 3.3.9,     14,     -,            UPDATE_RECOMMENDED
			android, 3.3.4,     14,     -,            UPDATE_RECOMMENDED
			android, 3.0.0,     14,     -,            UPDATE_RECOMMENDED
			android, 2.9.9,     14,     -,            UPDATE_REQUIRED
			android, 2.999,     5.1,    -,            UPDATE_REQUIRED
			android, 3.5.0,     14,     -,            UPDATE_REQUIRED
			android, 3.5.0.1,   14,     -,            SUPPORTED
			android, 3.6.1,     14,     -,            UPDATE_REQUIRED
			android, 3.6.3,     14,     -,            SUPPORTED
			android, 3.4.0,     4.4.4,  -,            DEVICE_UNSUPPORTED
			android, 2.0.0,     4.4,    -,            DEVICE_UNSUPPORTED
			android, -,         4.4,    -,            DEVICE_UNSUPPORTED
			android, x,         4.4,    app-store,    DEVICE_UNSUPPORTED
			android, 3.2.0,     14,     app-gallery,  SUPPORTED
			android, 3.1.9,     14,     app-gallery,  UPDATE_REQUIRED
			android, 3.5.0,     14,     app-gallery,  SUPPORTED
			android, 3.5.0,     6.0.1,  app-gallery,  DEVICE_UNSUPPORTED
			android, 3.10,      14,     app-store,    UPDATE_REQUIRED
			android, 3.10,      14,     f-droid,      UPDATE_REQUIRED
			android, 3.10,      14,     '',           UPDATE_REQUIRED
			android, -,         14,     -,            UPDATE_REQUIRED
			android, 3.10,      -,      -,            UPDATE_REQUIRED
			android, 3.10,      x,      -,            UPDATE_REQUIRED
			android, 3.10 beta, 14,     -,            UPDATE_REQUIRED
			ios,     3.0.0,     11,     app-store,    SUPPORTED
			ios,     3.0.0,     10.3.4, app-store,    DEVICE_UNSUPPORTED
			ios,     2.9,       17.2.1, -,            UPDATE_REQUIRED
			ios,     3.0,       17.2.1, google-play,  UPDATE_REQUIRED
			Android, 3.10,      14,     -,            UPDATE_REQUIRED
			windows, 3.10,      14,     -,            UPDATE_REQUIRED
			'',      3.10,      14,     -,            UPDATE_REQUIRED
			-,       3.10,      14,     -,            UPDATE_REQUIRED
			-,       -,         -,      -,            UPDATE_REQUIRED
			""")
	void judges(@Nullable String platform, @Nullable String version, @Nullable String os, @Nullable String store,
			Verdict verdict) {
		assertThat(this.verdicts.of(app(platform, version, os, store)).verdict()).isEqualTo(verdict);
	}

	@ParameterizedTest
	@ValueSource(strings = { "App-Platform", "App-Version", "App-OS-Version", "App-Store" })
	void takesWhatIsSaidTwiceForNothing(String header) {
		HttpHeaders headers = new HttpHeaders();
		headers.add("App-Platform", "android");
		headers.add("App-Version", "3.10");
		headers.add("App-OS-Version", "14");
		headers.add("App-Store", "google-play");
		assertThat(this.verdicts.of(App.of(headers)).verdict()).isEqualTo(Verdict.SUPPORTED);
		headers.add(header, headers.getFirst(header));
		assertThat(this.verdicts.of(App.of(headers)).verdict()).isEqualTo(Verdict.UPDATE_REQUIRED);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			android, 2.0, 14,  -,           https://google.example
			android, 2.0, 14,  google-play, https://google.example
			android, 2.0, 14,  app-gallery, https://huawei.example
			android, 2.0, 14,  f-droid,     https://google.example
			android, 2.0, 14,  app-store,   https://google.example
			ios,     2.0, 14,  app-store,   https://apple.example
			ios,     2.0, 14,  -,           https://apple.example
			ios,     9.0, 14,  -,           https://apple.example
			-,       2.0, 14,  app-gallery, https://huawei.example
			-,       2.0, 14,  -,           -
			tizen,   2.0, 14,  -,           -
			android, 9.0, 4.4, google-play, -
			""")
	void leadsToTheStore(@Nullable String platform, String version, String os, @Nullable String store,
			@Nullable URI link) {
		assertThat(this.verdicts.of(app(platform, version, os, store)).storeLink()).isEqualTo(link);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			android, 5.1.1, false
			android, 6.0,   true
			android, 5.9,   false
			android, 14,    true
			android, 4.4,   false
			android, -,     false
			ios,     11.0,  true
			ios,     10.3,  false
			-,       14,    false
			""")
	void knowsWhetherThereIsAFingerprint(@Nullable String platform, @Nullable String os, boolean fingerprint) {
		assertThat(this.verdicts.of(app(platform, "3.10", os, null)).biometrics()).isEqualTo(fingerprint);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			3.0.0,  14,  2027-02-28T23:00:00Z
			3.1.99, 14,  2027-02-28T23:00:00Z
			3.2.0,  14,  2027-04-30T22:00:00Z
			3.3.5,  14,  -
			3.10,   14,  -
			3.10,   5.1, 2027-05-31T22:00:00Z
			3.2.0,  5.1, 2027-04-30T22:00:00Z
			2.0,    14,  -
			""")
	void announcesTheEndOfAVersion(String version, String os, @Nullable Instant end) {
		assertThat(this.verdicts.of(app("android", version, os, null)).servedUntil()).isEqualTo(end);
	}

	@Test
	void turnsAwayFromTheAnnouncedMomentOn() {
		App app = app("android", "3.1", "5.1", null);
		toward("2027-02-28T22:59:59.999Z");
		assertThat(this.verdicts.of(app).verdict()).isEqualTo(Verdict.UPDATE_RECOMMENDED);
		toward("2027-02-28T23:00:00Z");
		assertThat(this.verdicts.of(app).verdict()).isEqualTo(Verdict.UPDATE_REQUIRED);
		App current = app("android", "3.10", "5.1", null);
		toward("2027-05-31T21:59:59Z");
		assertThat(this.verdicts.of(current).verdict()).isEqualTo(Verdict.SUPPORTED);
		toward("2027-05-31T22:00:00Z");
		assertThat(this.verdicts.of(current).verdict()).isEqualTo(Verdict.DEVICE_UNSUPPORTED);
	}

	@Test
	void recommendsFromTheAnnouncedMomentOn() {
		App app = app("android", "3.6.3", "14", null);
		toward("2027-02-01T06:59:59Z");
		assertThat(this.verdicts.of(app).verdict()).isEqualTo(Verdict.SUPPORTED);
		toward("2027-02-01T07:00:00Z");
		assertThat(this.verdicts.of(app).verdict()).isEqualTo(Verdict.UPDATE_RECOMMENDED);
	}

	private void toward(String instant) {
		this.time.passes(Duration.between(this.time.instant(), Instant.parse(instant)));
	}

	@Test
	void tellsThePersonInTwoLanguages() {
		Instant end = Instant.parse("2027-02-28T23:00:00Z");
		Wording wording = Wording.of("compatibility");
		assertThat(Verdict.SUPPORTED.message(wording, Language.POLISH, end)).isNull();
		assertThat(Verdict.UPDATE_RECOMMENDED.message(wording, Language.POLISH, end)).contains("1 marca 2027");
		assertThat(Verdict.UPDATE_RECOMMENDED.message(wording, Language.ENGLISH, end)).contains("1 March 2027");
		assertThat(Verdict.UPDATE_RECOMMENDED.message(wording, Language.POLISH, null))
			.isEqualTo("Jest nowsza wersja aplikacji.");
		assertThat(Verdict.DEVICE_UNSUPPORTED.message(wording, Language.POLISH, null))
			.isEqualTo("Twoje urządzenie nie spełnia wymagań aplikacji");
	}

	@Test
	void countsOnlyVersionsThatAreReleasedByName() {
		for (int i = 0; i < 1000; i++) {
			this.verdicts.of(app("android", "3." + i, "14", null));
			this.verdicts.of(app("platform" + i, "3.4." + i, "14", null));
			this.verdicts.of(app("ios", i + "." + i, "14", null));
		}
		assertThat(tags("platform")).containsOnly("android", "ios", "other");
		assertThat(tags("version")).containsOnly("3.0", "3.2", "3.3", "3.4", "3.5", "3.6", "3.10", "other");
		assertThat(this.meters.getMeters()).hasSizeLessThan(20);
		assertThat(this.meters
			.counter("bramka.app.requests", "platform", "android", "version", "3.4", "verdict", "SUPPORTED")
			.count()).isOne();
	}

	private List<String> tags(String name) {
		return this.meters.getMeters().stream().map(Meter::getId).map((id) -> id.getTag(name)).toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			biometrics-from: "6.0"       | biometrics-from: 6.0
			biometrics-from: "6.0"       | biometrics-from: ""
			biometrics-from: "6.0"       | biometrics-from: six
			- version: "3.0.0"           | - version: 3.1
			- version: "3.0.0"           | - version:
			- version: "3.0.0"           | - version: "30.0"
			version: "3.3.5"             | version: "3.8"
			minimum: [ { version: "3.2.0" } ] | minimum: [ { version: "3.1" } ]
			from: 2027-03-01T00:00       | from: tomorrow
			from: 2027-03-01T00:00       | from: 2027-03-28T02:30
			from: 2027-03-01T00:00       | from: 2027-10-31T02:30
			from: 2027-03-01T00:00       | from: 2027-02-30
			blocked: [ "3.5.0",          | blocked: [ 3.5,
			"3.6.0 - 3.6.2"              | "3.6.2 - 3.6.0"
			store: google-play           | store: app-store
			store: google-play           | store: play
			store: app-store             | store: google-play
			app-gallery:                 | app-store:
			app-gallery:                 | f-droid:
			link: https://google.example | link: "not a link"
			link: https://google.example | links: https://google.example
			phone: "1"                   | phone: ""
			contact:                     | contacts:
			  ios:                       |   iphone:
			released: [ "3.0" ]          | released: []
			""")
	void refusesSettingsWithAMistake(String right, String wrong) {
		assertThat(RULES).contains(right);
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> settings(RULES.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong))));
	}

}
