package dev.accepted.cli.stack;

import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.process.RunFile;
import dev.accepted.cli.terminal.Refusal;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stack that a command talks to: found by directory, by environment, or because it was started last. */
public final class RunningStack {

    private final DataDirectory data;
    private final StackDescription description;

    private RunningStack(DataDirectory data, StackDescription description) {
        this.data = data;
        this.description = description;
    }

    /**
     * Finds it: {@code directory}, else the variable {@code ACCEPTED_DATA}, else what this checkout's {@code up} started
     * last.
     *
     * @throws Refusal when none runs there; the message says what to do
     */
    public static RunningStack find(Checkout checkout, @Nullable Path directory, Map<String, String> environment) {
        DataDirectory data = locate(checkout, directory, environment)
                .map(DataDirectory::of)
                .orElseThrow(() -> new Refusal("No stack was ever started from " + checkout.root()
                        + ". Start one with `accepted up`, or name its directory with --data."));
        return StackDescription.read(data)
                .map(description -> new RunningStack(data, description))
                .orElseThrow(() -> new Refusal("No stack is ready on " + data.root()
                        + ". Start one with `accepted up`, wait for its line `ready:`, or name another directory"
                        + " with --data."));
    }

    /** The stack that this process booted. */
    static RunningStack own(DataDirectory data, StackDescription description) {
        return new RunningStack(data, description);
    }

    private static Optional<Path> locate(Checkout checkout, @Nullable Path directory, Map<String, String> environment) {
        return Optional.ofNullable(directory)
                .or(() -> Optional.ofNullable(environment.get("ACCEPTED_DATA"))
                        .filter(value -> !value.isBlank())
                        .map(Path::of))
                .or(checkout::last);
    }

    /** The first gateway: {@code http://127.0.0.1:port}, without a slash at the end. */
    public URI baseUrl() {
        return URI.create(description.url());
    }

    /** All gateways that run now. */
    public List<URI> gateways() {
        return data.runs().running().stream()
                .filter(file -> file.name().startsWith("gateway-"))
                .map(RunFile::url)
                .map(URI::create)
                .toList();
    }

    /** The first gateway if it runs, else another one that does. */
    public URI anyGateway() {
        List<URI> running = gateways();
        return running.isEmpty() || running.contains(baseUrl()) ? baseUrl() : running.get(0);
    }

    /** Where mails are counted and read. */
    public URI mailApi() {
        return URI.create(description.mailApi());
    }

    /** A token for everything, of the tenant {@code local}. */
    public String token() {
        return tokens().issue("accepted-cli", TokenIssuer.LOCAL_TENANT, TokenIssuer.EVERY_SCOPE);
    }

    /** Signs tokens that this stack accepts. */
    public TokenIssuer tokens() {
        Secrets secrets = Secrets.of(data);
        return new TokenIssuer(secrets.privateKey(), secrets.issuer(), InstantSource.system());
    }

    DataDirectory data() {
        return data;
    }

    StackDescription description() {
        return description;
    }

    /** Whether it is still there. */
    boolean isUp() {
        return StackDescription.read(data).isPresent();
    }
}
