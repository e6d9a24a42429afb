package pl.bramka.mocks.phone;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code phone meters}.
 */
@Command(name = "meters", description = "The customer's meters.")
final class MetersCommand implements Callable<Integer> {

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Override
	public Integer call() throws IOException {
		return this.phone.get(MeterPhone.METERS);
	}

	@Command(name = "options", description = "What may be read on a meter today.")
	int options(@Parameters(paramLabel = "METER") String id,
			@Option(names = "--refresh", description = "as pull-to-refresh") boolean refresh) throws IOException {
		return this.phone.screen()
			.show(this.phone.phone(this.phone.signedIn())
				.send("GET", MeterPhone.METERS + "/" + id + "/reading-options", null, PhoneCommand.anew(refresh)),
					null);
	}

	@Command(name = "readings", description = "What was read on a meter.")
	int readings(@Parameters(paramLabel = "METER") String id) throws IOException {
		return this.phone.get(MeterPhone.readingsPath(id));
	}

	@Command(name = "read", description = "Gives a reading of today: meters read METER 001=18400 002=24950")
	int read(@Parameters(index = "0", paramLabel = "METER") String id,
			@Parameters(index = "1..*", arity = "1..*", paramLabel = "REGISTER=VALUE") List<String> values,
			@Option(names = "--sure", description = "the answer to \"are you sure?\"") boolean sure,
			@Option(names = "--key", description = "Idempotency-Key; default: a new one") @Nullable String given)
			throws IOException {
		List<Map.Entry<String, BigDecimal>> read = new ArrayList<>();
		for (String value : values) {
			int sign = value.indexOf('=');
			try {
				read.add(Map.entry(value.substring(0, sign), new BigDecimal(value.substring(sign + 1))));
			}
			catch (IndexOutOfBoundsException | NumberFormatException ex) {
				throw this.phone.usage("'" + value + "' is not like 001=18400");
			}
		}
		String key = (given != null) ? given : UUID.randomUUID().toString();
		this.phone.screen().say("Idempotency-Key: " + key);
		HttpResponse<byte[]> answer = this.phone.phone(this.phone.signedIn())
			.send("POST", MeterPhone.readingsPath(id), MeterPhone.readingBody(read, sure), "Idempotency-Key", key);
		return this.phone.screen().show(answer, null);
	}

}
