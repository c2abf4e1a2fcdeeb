package dev.accepted.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A small SMTP server that answers as a test wants: it refuses, puts off, or hangs up, which a well-behaved one cannot
 * be made to. An answer of {@link #HANG_UP} closes the connection instead.
 */
final class ScriptedSmtpServer implements AutoCloseable {

    static final String OK = "250 OK";
    static final String HANG_UP = "";

    /** A mail that was taken. */
    record Taken(String recipient, String messageId) {}

    private final ServerSocket socket;
    private final List<Taken> taken = new ArrayList<>();
    private final List<Socket> open = new ArrayList<>();
    private volatile UnaryOperator<String> onSender = sender -> OK;
    private volatile UnaryOperator<String> onRecipient = address -> OK;
    private volatile UnaryOperator<String> onMail = address -> OK;
    private volatile Consumer<Integer> afterEach = count -> {};

    ScriptedSmtpServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("smtp-accept", this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The answer to MAIL. */
    ScriptedSmtpServer onSender(UnaryOperator<String> answer) {
        onSender = answer;
        return this;
    }

    /** The answer to RCPT, by address. */
    ScriptedSmtpServer onRecipient(UnaryOperator<String> answer) {
        onRecipient = answer;
        return this;
    }

    /** The answer to the end of the mail, by address. The mail counts as taken before the answer if it is 250 or none. */
    ScriptedSmtpServer onMail(UnaryOperator<String> answer) {
        onMail = answer;
        return this;
    }

    /** Called with the number of mails taken, before the answer to the last of them is sent. */
    ScriptedSmtpServer afterEach(Consumer<Integer> action) {
        afterEach = action;
        return this;
    }

    List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /** Who got mails, in order, as often as they got one. */
    List<String> recipients() {
        return taken().stream().map(Taken::recipient).toList();
    }

    /** How many connections there were. */
    int connections() {
        synchronized (open) {
            return open.size();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        synchronized (open) {
            for (Socket each : open) {
                each.close();
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                synchronized (open) {
                    open.add(connection);
                }
                start("smtp-talk", () -> talk(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void talk(Socket connection) {
        try (connection;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
                PrintStream out = new PrintStream(connection.getOutputStream(), false, StandardCharsets.ISO_8859_1)) {
            String recipient = "";
            say(out, "220 ready");
            for (String line; (line = in.readLine()) != null; ) {
                String answer;
                if (line.startsWith("MAIL FROM:")) {
                    answer = onSender.apply(address(line));
                } else if (line.startsWith("RCPT TO:")) {
                    recipient = address(line);
                    answer = onRecipient.apply(recipient);
                } else if (line.equals("DATA")) {
                    say(out, "354 go on");
                    answer = take(in, recipient);
                } else {
                    answer = OK;
                }
                if (answer.equals(HANG_UP)) {
                    return;
                }
                say(out, answer);
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String take(BufferedReader in, String recipient) throws IOException {
        String id = "";
        for (String line; (line = in.readLine()) != null && !line.equals("."); ) {
            if (line.startsWith("Message-ID:")) {
                id = line.substring("Message-ID:".length()).strip();
            }
        }
        String answer = onMail.apply(recipient);
        if (answer.equals(OK) || answer.equals(HANG_UP)) {
            synchronized (taken) {
                taken.add(new Taken(recipient, id));
                afterEach.accept(taken.size());
            }
        }
        return answer;
    }

    private static void say(PrintStream out, String answer) {
        out.print(answer + "\r\n");
        out.flush();
    }

    private static String address(String command) {
        return command.substring(command.indexOf('<') + 1, command.indexOf('>'));
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
