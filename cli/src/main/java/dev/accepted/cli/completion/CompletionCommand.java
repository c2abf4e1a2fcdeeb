package dev.accepted.cli.completion;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code accepted completion}: prints a script that completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a script for bash and zsh that completes commands and options of `accepted`.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  . <(./accepted completion)                          # this shell; needs bash 4, or zsh",
            "  ./accepted completion > ~/.accepted-completion      # once, and source it in ~/.bashrc or ~/.zshrc"
        })
public final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine whole = spec.root().commandLine();
        spec.commandLine().getOut().print(AutoComplete.bash(whole.getCommandName(), whole));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
