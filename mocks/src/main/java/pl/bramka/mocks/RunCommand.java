package pl.bramka.mocks;

import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pl.bramka.mocks.faults.FaultKind;
import pl.bramka.mocks.personas.Crowd;

/**
 * {@code mocks run}: everything on its port, until the process is ended.
 */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Starts the pretended upstreams.",
		showDefaultValues = true)
final class RunCommand implements Callable<Integer> {

	@Option(names = "--billing-port", defaultValue = "9101", description = "Port of billing.")
	private int billing;

	@Option(names = "--crm-port", defaultValue = "9102", description = "Port of the CRM.")
	private int crm;

	@Option(names = "--operator-port", defaultValue = "9103", description = "Port of the payment operator.")
	private int operator;

	@Option(names = "--identity-port", defaultValue = "9104", description = "Port of the identity provider.")
	private int identity;

	@Option(names = "--control-port", defaultValue = "9100", description = "Port of the control server.")
	private int control;

	@Option(names = "--notify", defaultValue = "http://localhost:8080/v1/operator/notifications", paramLabel = "URL",
			description = "Where the payment operator sends its notifications.")
	private @Nullable URI notify;

	@Option(names = "--customers", defaultValue = "0", paramLabel = "NUMBER",
			description = "So many more customers, for a load: anna110@example.com, jan111@example.com, "
					+ "maria112@example.com and so on. At most " + Crowd.MOST + ".")
	private int crowd;

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public Integer call() throws InterruptedException {
		if (this.crowd < 0 || this.crowd > Crowd.MOST) {
			throw new ParameterException(this.spec.commandLine(), "--customers must be from 0 to " + Crowd.MOST);
		}
		CountDownLatch end = new CountDownLatch(1);
		Mocks mocks = Mocks.start(new Ports(this.billing, this.crm, this.operator, this.identity, this.control),
				this.crowd);
		mocks.paymentOperator().notifyTo(this.notify);
		Runtime.getRuntime().addShutdownHook(new Thread(mocks::close));
		print(mocks, this.crowd, this.spec.commandLine().getOut());
		try {
			end.await();
			return 0;
		}
		finally {
			mocks.close();
		}
	}

	private static void print(Mocks mocks, int crowd, PrintWriter out) {
		out.println("Pretended upstreams are running (end with Ctrl+C)");
		out.printf("  %-9s %s/sap/opu/odata/sap/ERP_UTILITIES_UMC/%n", "billing", mocks.billing());
		out.printf("  %-9s %s/sap/opu/odata/sap/CRM_UTILITIES_UMC/%n", "crm", mocks.crm());
		out.printf("  %-9s %s/payment%n", "operator", mocks.operator());
		out.printf("  %-9s %s%n", "identity", mocks.identityProvider().issuer());
		out.printf("  %-9s %s%n%n", "control", mocks.control());
		out.println("Personas (password of all: " + mocks.personas().all().getFirst().password() + ")");
		mocks.personas()
			.all()
			.stream()
			.limit(mocks.personas().all().size() - crowd)
			.forEach(
					(persona) -> out.printf("  %-6s %-18s %s%n", persona.name(), persona.email(), persona.situation()));
		if (crowd > 0) {
			out.printf("  and %d more: %s to %s%n", crowd, Crowd.name(0), Crowd.name(crowd - 1));
		}
		out.printf("%nFaults%n");
		for (FaultKind kind : FaultKind.values()) {
			out.printf("  %-22s %s%s%n", kind.id(), kind.meaning(),
					(kind.upstreams().size() == 1) ? " (" + kind.upstreams().getFirst().id() + ")" : "");
		}
		out.printf("%nTry%n");
		out.printf("  curl %s/%n", mocks.control());
		out.printf("  curl -X PUT %s/faults/billing -d '{\"fault\":\"slow\",\"millis\":3000}'%n", mocks.control());
		out.printf("  curl -X DELETE %s/faults%n", mocks.control());
		out.printf("  curl %s/__admin/requests      what billing was asked%n", mocks.billing());
		out.printf("  mocks/phone sign-in anna && mocks/phone terms accept && mocks/phone home%n");
		out.flush();
	}

}
