package pl.bramka.mocks.phone;

import java.io.IOException;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * {@code phone contracts}.
 */
@Command(name = "contracts", description = "The customer's contracts.")
final class ContractsCommand implements Callable<Integer> {

	@ParentCommand
	private PhoneCommand phone = new PhoneCommand();

	@Override
	public Integer call() throws IOException {
		return this.phone.get("/v1/contracts");
	}

	@Command(name = "e-invoice", description = "Switches paperless documents on or off.")
	int eInvoice(@Parameters(index = "0", paramLabel = "ID") String id,
			@Parameters(index = "1", paramLabel = "on|off") String wanted) throws IOException {
		if (!wanted.equals("on") && !wanted.equals("off")) {
			throw this.phone.usage("on or off?");
		}
		return this.phone.screen()
			.show(this.phone.phone(this.phone.signedIn())
				.send("PUT", PayingPhone.eInvoicePath(id), PayingPhone.eInvoiceBody(wanted.equals("on"))), null);
	}

}
