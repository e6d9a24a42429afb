package pl.bramka.mocks;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import pl.bramka.mocks.phone.PhoneCommand;

/**
 * The command line: the pretended upstreams, and a phone that calls the gateway.
 */
@Command(name = "mocks", mixinStandardHelpOptions = true,
		description = "The upstreams of the gateway, pretended, and a phone. Without a command: run.",
		subcommands = { RunCommand.class, PhoneCommand.class })
public final class MocksApplication {

	private MocksApplication() {
	}

	/**
	 * Runs a command; without one, starts the pretended upstreams.
	 * @param args command, options
	 */
	public static void main(String[] args) {
		System.exit(commandLine().execute((args.length > 0) ? args : new String[] { "run" }));
	}

	static CommandLine commandLine() {
		return new CommandLine(new MocksApplication()).setExecutionExceptionHandler((problem, command, parsed) -> {
			command.getErr().println((problem.getMessage() != null) ? problem.getMessage() : problem.toString());
			return 1;
		});
	}

}
