package pl.bramka.gateway.docs;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecordingTests {

	private static final Recording RECORD = new Recording(true, false, null);

	private static final Recording RELEASE = new Recording(false, true, null);

	private static String document(String version, String... paths) {
		StringBuilder items = new StringBuilder();
		for (String path : paths) {
			items.append(items.isEmpty() ? "" : ",")
				.append("\"%s\":{\"get\":{\"responses\":{\"200\":{\"description\":\"x\"}}}}".formatted(path));
		}
		return "{\"openapi\":\"3.0.1\",\"info\":{\"title\":\"x\",\"version\":\"%s\"},\"paths\":{%s}}".formatted(version,
				items);
	}

	@Test
	void takesWhatIsAdded() {
		assertThat(RECORD.refusals(document("1.0.0", "/a"), document("1.0.0", "/a", "/b"))).isEmpty();
		assertThat(RECORD.writesRecorded()).isTrue();
		assertThat(RECORD.writesReleased()).isFalse();
	}

	@Test
	void refusesWhatBreaksAnApp() {
		assertThat(RECORD.refusals(document("1.0.0", "/a", "/b"), document("1.1.0", "/a")))
			.containsExactly("GET /b: the operation is gone");
		assertThat(RELEASE.refusals(document("1.0.0", "/a", "/b"), document("2.0.0", "/a")))
			.containsExactly("GET /b: the operation is gone");
	}

	@Test
	void releasesOnlyUnderAVersionOfItsOwn() {
		assertThat(RELEASE.refusals(document("1.0.0", "/a"), document("1.1.0", "/a", "/b"))).isEmpty();
		assertThat(RELEASE.refusals(document("1.0.0", "/a"), document("1.0.0", "/a", "/b"))).singleElement()
			.asString()
			.contains("1.0.0 is released already");
		assertThat(RELEASE.writesReleased()).isTrue();
	}

	@Test
	void breaksAppsOnlyUnderANameAndAGreaterVersion() {
		Recording breaking = new Recording(false, false, "2.0.0");
		assertThat(breaking.refusals(document("1.4.0", "/a", "/b"), document("2.0.0", "/a"))).isEmpty();
		assertThat(breaking.refusals(document("1.4.0", "/a", "/b"), document("1.5.0", "/a"))).isNotEmpty();
		assertThat(breaking.refusals(document("2.0.0", "/a", "/b"), document("2.0.0", "/a"))).isNotEmpty();
		assertThat(new Recording(false, false, "yes").refusals(document("1.4.0", "/a"), document("2.0.0")))
			.isNotEmpty();
		assertThat(breaking.writesReleased()).isTrue();
	}

	@Test
	void writesNothingUnasked() {
		assertThat(new Recording(false, false, null).writesRecorded()).isFalse();
	}

}
