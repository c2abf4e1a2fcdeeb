package dev.accepted.cli;

import dev.accepted.cli.audit.AuditCommand;
import dev.accepted.cli.completion.CompletionCommand;
import dev.accepted.cli.console.ConsoleCommand;
import dev.accepted.cli.dead.DeadCommand;
import dev.accepted.cli.dead.DropCommand;
import dev.accepted.cli.dead.SendCommand;
import dev.accepted.cli.dead.ShowCommand;
import dev.accepted.cli.demo.DemoCommand;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.jobs.CancelCommand;
import dev.accepted.cli.jobs.JobCommand;
import dev.accepted.cli.jobs.JobsCommand;
import dev.accepted.cli.limits.LimitsCommand;
import dev.accepted.cli.limits.SetCommand;
import dev.accepted.cli.limits.UnsetCommand;
import dev.accepted.cli.queues.PauseCommand;
import dev.accepted.cli.queues.QueuesCommand;
import dev.accepted.cli.queues.ResumeCommand;
import dev.accepted.cli.replay.ReplayCommand;
import dev.accepted.cli.replay.ReplaysCommand;
import dev.accepted.cli.results.ResultCommand;
import dev.accepted.cli.schedules.DeleteCommand;
import dev.accepted.cli.schedules.GetCommand;
import dev.accepted.cli.schedules.PutCommand;
import dev.accepted.cli.schedules.SchedulesCommand;
import dev.accepted.cli.stack.StartCommand;
import dev.accepted.cli.stack.UpCommand;
import dev.accepted.cli.stack.WorkerCommand;
import dev.accepted.cli.submission.SubmitCommand;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import dev.accepted.cli.terminal.Terminal;
import dev.accepted.cli.token.TokenCommand;
import dev.accepted.cli.upkeep.RebuildCommand;
import dev.accepted.cli.upkeep.VerifyCommand;
import dev.accepted.cli.watching.WatchCommand;
import dev.accepted.cli.workers.DrainCommand;
import dev.accepted.cli.workers.UndrainCommand;
import dev.accepted.cli.workers.WorkersCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: finds the subcommand, and turns its end into an exit status. */
@Command(
        name = "accepted",
        description = "202 Accepted, done right: runs the system on this machine, and asks gateways wherever they are.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  accepted up                                         # a whole system on this machine, until Ctrl-C",
            "  accepted submit probe.sleep millis:=2000 --wait     # in a second terminal",
            "  accepted jobs --url https://jobs.example.com --token-file token",
            "",
            "`accepted help COMMAND` shows more."
        },
        versionProvider = Accepted.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Accepted implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs one command and ends the JVM with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Checkout.current(), System.getenv(), Terminal.standard())
                .execute(arguments));
    }

    static CommandLine commandLine(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        CommandLine all = new CommandLine(new Accepted());
        local(checkout, terminal.messages()).forEach(all::addSubcommand);
        for (CommandLine client : clients(checkout, environment, terminal)) {
            explainExitCodes(client);
            all.addSubcommand(client);
        }
        return all.addSubcommand(new CompletionCommand())
                .addSubcommand(new HelpCommand())
                .setParameterExceptionHandler((problem, words) -> notUnderstood(problem))
                .setExecutionExceptionHandler((problem, command, words) -> failed(problem, command));
    }

    /** What runs a stack on this machine. */
    private static List<Object> local(Checkout checkout, PrintStream messages) {
        return List.of(
                new UpCommand(checkout, messages),
                new WorkerCommand(checkout, messages),
                new StartCommand(checkout, messages),
                new DemoCommand(checkout, messages),
                new TokenCommand(checkout),
                new ConsoleCommand(checkout));
    }

    /** What asks a gateway, wherever it is. */
    private static List<CommandLine> clients(Checkout checkout, Map<String, String> environment, Terminal terminal) {
        CommandLine schedules = new CommandLine(new SchedulesCommand(checkout, environment))
                .addSubcommand(new CommandLine(new SchedulesCommand(checkout, environment)).setCommandName("list"))
                .addSubcommand(new GetCommand(checkout, environment))
                .addSubcommand(new PutCommand(checkout, environment, terminal))
                .addSubcommand(new DeleteCommand(checkout, environment));
        CommandLine dead = new CommandLine(new DeadCommand(checkout, environment))
                .addSubcommand(new CommandLine(new DeadCommand(checkout, environment)).setCommandName("list"))
                .addSubcommand(new ShowCommand(checkout, environment))
                .addSubcommand(new SendCommand(checkout, environment))
                .addSubcommand(new DropCommand(checkout, environment));
        CommandLine limits = new CommandLine(new LimitsCommand(checkout, environment))
                .addSubcommand(new CommandLine(new LimitsCommand(checkout, environment)).setCommandName("list"))
                .addSubcommand(new SetCommand(checkout, environment))
                .addSubcommand(new UnsetCommand(checkout, environment));
        CommandLine workers = new CommandLine(new WorkersCommand(checkout, environment))
                .addSubcommand(new CommandLine(new WorkersCommand(checkout, environment)).setCommandName("list"))
                .addSubcommand(new DrainCommand(checkout, environment))
                .addSubcommand(new UndrainCommand(checkout, environment));
        return List.of(
                new CommandLine(new SubmitCommand(checkout, environment, terminal)),
                new CommandLine(new WatchCommand(checkout, environment, terminal)),
                new CommandLine(new JobCommand(checkout, environment)),
                new CommandLine(new JobsCommand(checkout, environment)),
                new CommandLine(new CancelCommand(checkout, environment)),
                new CommandLine(new ResultCommand(checkout, environment, terminal)),
                schedules,
                new CommandLine(new QueuesCommand(checkout, environment)),
                new CommandLine(new PauseCommand(checkout, environment)),
                new CommandLine(new ResumeCommand(checkout, environment)),
                workers,
                limits,
                dead,
                new CommandLine(new AuditCommand(checkout, environment)),
                new CommandLine(new ReplayCommand(checkout, environment, terminal)),
                ReplaysCommand.whole(checkout, environment),
                new CommandLine(new VerifyCommand(checkout, environment, terminal)),
                new CommandLine(new RebuildCommand(checkout, environment, terminal)));
    }

    private static void explainExitCodes(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings());
        command.getSubcommands().values().forEach(Accepted::explainExitCodes);
    }

    private static int notUnderstood(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + problem.getMessage() + ". `" + name + " --help` shows what there is.");
        return ExitCode.NOT_UNDERSTOOD.code();
    }

    private static int failed(Exception problem, CommandLine command) {
        if (problem instanceof Refusal refusal) {
            command.getErr().println(refusal.getMessage());
            return refusal.exitCode().code();
        }
        problem.printStackTrace(command.getErr());
        return ExitCode.FAULT.code();
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
