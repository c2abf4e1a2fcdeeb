package dev.accepted.cli.gateway;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.stack.RunningStack;
import dev.accepted.cli.stack.StackOption;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How every command that asks a gateway is told which one, and as whom. */
public final class GatewayOption {

    private final Checkout checkout;
    private final Map<String, String> environment;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The gateway's address. Default: $ACCEPTED_URL, else that of a stack of this machine.")
    private @Nullable String url;

    @Mixin
    private StackOption stack = new StackOption();

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "A bearer token. Everybody on this machine can see it in the list of processes; rather use"
                    + " --token-file or $ACCEPTED_TOKEN. Default: $ACCEPTED_TOKEN, else that of a stack of this machine"
                    + " for itself, else none.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "The file that has the token.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to try again when nobody answers, or with 503 or 429. Default: ${DEFAULT-VALUE}.")
    private int patience;

    /** @param checkout whose stack is meant when no address is given */
    public GatewayOption(Checkout checkout, Map<String, String> environment) {
        this.checkout = checkout;
        this.environment = environment;
        this.command = CommandSpec.create();
    }

    /**
     * The gateway that is meant.
     *
     * @throws Refusal when there is none
     */
    public Gateway open() {
        Optional<String> address = Optional.ofNullable(url).or(() -> variable("ACCEPTED_URL"));
        if (url != null && stack.isNamed()) {
            throw new ParameterException(command.commandLine(), "--url and --data exclude each other");
        }
        return address.isPresent() && !stack.isNamed() ? at(base(address.get()), token()) : local();
    }

    private Gateway local() {
        try {
            RunningStack running = stack.find(checkout, environment);
            return at(running.anyGateway(), token().or(() -> Optional.of(running.token())));
        } catch (Refusal e) {
            throw new Refusal(
                    e.getMessage() + " A gateway elsewhere is named with --url or $ACCEPTED_URL.",
                    e,
                    ExitCode.NO_ANSWER);
        }
    }

    private Gateway at(URI base, Optional<String> as) {
        PrintWriter messages = command.commandLine().getErr();
        return new Gateway(base, as, Duration.ofSeconds(patience), messages::println);
    }

    private URI base(String address) {
        String stripped = address.strip().replaceAll("/+$", "");
        try {
            URI base = URI.create(stripped);
            boolean isWeb = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
            if (isWeb && base.getHost() != null && base.getUserInfo() == null && base.getQuery() == null) {
                return base;
            }
        } catch (IllegalArgumentException notEvenAnAddress) {
            // Told below, with all the others.
        }
        throw new ParameterException(
                command.commandLine(),
                "'" + stripped + "' is no address of a gateway, such as https://jobs.example.com");
    }

    private Optional<String> token() {
        if (token != null && tokenFile != null) {
            throw new ParameterException(command.commandLine(), "--token and --token-file exclude each other");
        }
        return Optional.ofNullable(token)
                .or(() -> Optional.ofNullable(tokenFile).map(GatewayOption::read))
                .or(() -> variable("ACCEPTED_TOKEN"))
                .map(String::strip)
                .map(this::wellFormed);
    }

    private String wellFormed(String given) {
        if (!given.matches("[\\x21-\\x7e]+")) {
            throw new ParameterException(command.commandLine(), "the token is empty or has characters that none has");
        }
        return given;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Refusal(
                    "The token cannot be read from " + file + ": " + e + ". Nothing was sent.",
                    e,
                    ExitCode.NOT_UNDERSTOOD);
        }
    }
}
