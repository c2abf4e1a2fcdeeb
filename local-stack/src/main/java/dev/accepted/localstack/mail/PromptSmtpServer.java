package dev.accepted.localstack.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;

/**
 * GreenMail's SMTP server on 127.0.0.1, answering at once.
 *
 * <p>It writes a reply and its line end separately; the second waits for the first one's delayed acknowledgement, 40 ms
 * a command, unless the socket is told not to wait.
 */
final class PromptSmtpServer extends SmtpServer {

    PromptSmtpServer(int port, Managers managers) {
        super(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP), managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
        try {
            client.setTcpNoDelay(true);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        return super.createProtocolHandler(client);
    }
}
