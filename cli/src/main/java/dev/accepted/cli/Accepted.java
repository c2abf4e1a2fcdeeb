package dev.accepted.cli;

import dev.accepted.cli.audit.AuditCommand;
import dev.accepted.cli.demo.DemoCommand;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.stack.StartCommand;
import dev.accepted.cli.stack.UpCommand;
import dev.accepted.cli.stack.WorkerCommand;
import dev.accepted.cli.terminal.Refusal;
import dev.accepted.cli.token.TokenCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: finds the subcommand, and turns its end into an exit status. */
@Command(
        name = "accepted",
        description = "202 Accepted, done right: runs the system on this machine and talks to it.",
        mixinStandardHelpOptions = true,
        versionProvider = Accepted.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Accepted implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs one command and ends the JVM with its exit status: 0 done, 1 refused or failed, 2 not understood. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Checkout.current(), System.err).execute(arguments));
    }

    static CommandLine commandLine(Checkout checkout, PrintStream messages) {
        return new CommandLine(new Accepted())
                .addSubcommand(new UpCommand(checkout, messages))
                .addSubcommand(new WorkerCommand(checkout, messages))
                .addSubcommand(new StartCommand(checkout, messages))
                .addSubcommand(new TokenCommand(checkout))
                .addSubcommand(new AuditCommand(checkout))
                .addSubcommand(new DemoCommand(checkout, messages))
                .setParameterExceptionHandler((problem, words) -> {
                    CommandLine command = problem.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    command.getErr()
                            .println(name + ": " + problem.getMessage() + ". `" + name
                                    + " --help` shows what there is.");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((problem, command, words) -> {
                    if (problem instanceof Refusal) {
                        command.getErr().println(problem.getMessage());
                    } else {
                        problem.printStackTrace(command.getErr());
                    }
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** The version that this was built as. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream file = Accepted.class.getResourceAsStream("version.properties")) {
                properties.load(file);
            }
            return new String[] {"accepted " + properties.getProperty("version")};
        }
    }
}
