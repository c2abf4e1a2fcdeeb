package dev.accepted.cli.demo;

import dev.accepted.cli.demo.Api.Identity;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.stack.DataDirectory;
import dev.accepted.cli.stack.RunningStack;
import dev.accepted.cli.stack.Stack;
import dev.accepted.cli.stack.StackPlan;
import dev.accepted.cli.terminal.ProgressBoard;
import dev.accepted.cli.terminal.Refusal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code accepted demo}: the example requests, from submission to result. */
@Command(
        name = "demo",
        description = "Boots a fresh stack, runs the three example requests on it and saves their results.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    private final Checkout checkout;
    private final PrintStream messages;

    @Spec
    private CommandSpec spec;

    @Option(names = "--keep", description = "Leave the stack running afterwards, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--port", defaultValue = "0", description = "Of the gateway. Default: any free one.")
    private int port;

    /** @param messages takes what is said about the stack; the demo itself is on standard output */
    public DemoCommand(Checkout checkout, PrintStream messages) {
        this.checkout = checkout;
        this.messages = messages;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws InterruptedException {
        DataDirectory data = DataDirectory.of(checkout.defaultData().resolve("demo"));
        PrintWriter out = spec.commandLine().getOut();
        try (Stack stack = Stack.claim(checkout, data, messages)) {
            stack.empty();
            RunningStack running = stack.boot(StackPlan.small(port));
            int status = run(running, out);
            if (keep) {
                checkout.rememberLast(data.root());
                out.println("ready: " + running.baseUrl());
                out.flush();
                return stack.untilSignal();
            }
            return status;
        }
    }

    private int run(RunningStack running, PrintWriter out) throws InterruptedException {
        Api api = new Api(running.baseUrl(), running.token());
        Demo demo = new Demo(checkout, api, out, new ProgressBoard(out, ProgressBoard.onTerminal()));
        demo.loadReferenceData();
        List<AcceptedJob> jobs = new ArrayList<>();
        for (Example example : Example.all()) {
            jobs.add(demo.submit(example));
        }
        int failures = 0;
        for (AcceptedJob job : demo.follow(jobs)) {
            if (job.hasSucceeded()) {
                out.println("Saved " + checkout.root().relativize(demo.save(job)));
            } else {
                failures++;
                messages.println("The " + job.example().label() + " did not succeed: " + job.state());
            }
        }
        out.println(mails(running) + " mails are in the mailbox.");
        out.flush();
        return failures == 0 ? 0 : 1;
    }

    private static long mails(RunningStack running) throws InterruptedException {
        var response = new Api(running.mailApi(), "").get("/messages/count", Identity.ANONYMOUS);
        if (response.statusCode() != 200) {
            throw new Refusal(Api.describe(response));
        }
        return Api.json(response).path("count").asLong();
    }
}
