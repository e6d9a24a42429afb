package pl.bramka.mocks.phone;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * What a phone does with its fingerprint, and with the customer's other phones.
 */
final class DeviceCommands {

	private DeviceCommands() {
	}

	/**
	 * {@code phone fingerprint}.
	 */
	@Command(name = "fingerprint", description = "Signing in with a fingerprint; the finger is always right.")
	static final class Fingerprints {

		@ParentCommand
		private PhoneCommand phone = new PhoneCommand();

		@Command(name = "enrol", description = "Makes a key and enrols it for this phone.")
		int enrol() throws IOException {
			Pocket pocket = this.phone.signedIn();
			known(pocket);
			Fingerprint fingerprint = new Fingerprint(DeviceKey.generate());
			HttpResponse<String> answer = this.phone.phone(pocket).enrol(fingerprint);
			if (answer.statusCode() == 204) {
				pocket.keepBiometricKey(Optional.of(fingerprint.key()));
			}
			return this.phone.show(answer);
		}

		@Command(name = "sign-in", description = "Opens a session without the password.")
		int signIn() throws IOException {
			Pocket pocket = this.phone.anybody();
			known(pocket);
			DeviceKey key = pocket.biometricKey()
				.orElseThrow(() -> this.phone.usage("no fingerprint is enrolled: phone fingerprint enrol"));
			return this.phone.show(this.phone.phone(pocket).signIn(new Fingerprint(key), this.phone.place(pocket)));
		}

		@Command(name = "remove", description = "Removes the key, here and at the gateway.")
		int remove() throws IOException {
			Pocket pocket = this.phone.signedIn();
			HttpResponse<byte[]> answer = this.phone.phone(pocket).send("DELETE", Fingerprint.KEY, null);
			if (answer.statusCode() == 204) {
				pocket.keepBiometricKey(Optional.empty());
			}
			return this.phone.screen().show(answer, null);
		}

		private void known(Pocket pocket) throws IOException {
			if (pocket.deviceId().isEmpty()) {
				throw this.phone.usage("nobody has signed in on this phone with the password: phone sign-in anna");
			}
		}

	}

	/**
	 * {@code phone devices}.
	 */
	@Command(name = "devices", description = "The phones on which the customer can come in.")
	static final class Devices {

		@ParentCommand
		private PhoneCommand phone = new PhoneCommand();

		@Command(name = "list", description = "Shows them.")
		int list() throws IOException {
			return this.phone.get("/v1/devices");
		}

		@Command(name = "end", description = "Removes one, with its sessions, PIN and fingerprint.")
		int end(@Parameters(paramLabel = "ID") String id) throws IOException {
			return this.phone.screen()
				.show(this.phone.phone(this.phone.signedIn()).send("DELETE", "/v1/devices/" + id, null), null);
		}

	}

	/**
	 * {@code phone sessions}.
	 */
	@Command(name = "sessions", description = "Where the customer is signed in.")
	static final class Sessions implements Callable<Integer> {

		@ParentCommand
		private PhoneCommand phone = new PhoneCommand();

		@Override
		public Integer call() throws IOException {
			return this.phone.get("/v1/sessions");
		}

		@Command(name = "end-others", description = "Ends all sessions but this one.")
		int endOthers() throws IOException {
			return this.phone.screen()
				.show(this.phone.phone(this.phone.signedIn()).send("DELETE", "/v1/sessions", null), null);
		}

	}

}
