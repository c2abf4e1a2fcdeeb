package dev.accepted.localstack.mail;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.accepted.localstack.process.JavaProgram;
import dev.accepted.localstack.process.LeashedProcess;
import dev.accepted.localstack.process.Ports;
import dev.accepted.localstack.process.StopSignal;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailNodeTest {

    @TempDir
    Path directory;

    private MailNode node;
    private LeashedProcess process;

    @BeforeEach
    void start() throws Exception {
        node = MailNode.prepare(directory, new Ports(new SecureRandom()));
        process = LeashedProcess.start(node.command(
                JavaProgram.ownClassPath(),
                List.of("-Xmx96m", "-XX:+UseSerialGC"),
                directory.resolve("log"),
                StopSignal.TERM));
        await().atMost(Duration.ofSeconds(30)).until(node::isReady);
    }

    @AfterEach
    void stop() throws Exception {
        process.close();
        process.awaitExit(Duration.ofSeconds(10));
    }

    @Test
    void aMailCanBeReadAsItWasSent() throws Exception {
        send("Grüße", "Hallo Zoë,\r\nalles halb so teuer.\r\n", "zoe@example.org", "max@example.org");

        JsonNode mail = get("/messages?to=zoe%40example.org").get("messages").get(0);
        assertEquals("shop@example.org", mail.get("from").textValue());
        assertEquals("Grüße", mail.get("subject").textValue());
        assertEquals(
                "Hallo Zoë,\r\nalles halb so teuer.",
                mail.get("text").textValue().strip());
        assertEquals("42", mail.get("headers").get("X-Campaign").textValue());
        assertEquals(2, get("/messages/count").get("count").asInt());
        assertEquals(1, get("/messages/count?to=max@example.org").get("count").asInt());
    }

    @Test
    void pagesFollowTheNumbers() throws Exception {
        send("one", "x", "a@example.org", "b@example.org", "c@example.org");
        JsonNode page = get("/messages?after=1&limit=1").get("messages");
        assertEquals(1, page.size());
        assertEquals(2, page.get(0).get("number").asInt());
    }

    @Test
    void forgottenMailsAreNotCounted() throws Exception {
        send("one", "x", "a@example.org");
        request("DELETE", "/messages");
        assertEquals(0, get("/messages/count").get("count").asInt());
    }

    @Test
    void aPathThatIsNotThereIs404AndABadNumber400() throws Exception {
        assertEquals(404, request("GET", "/elsewhere").statusCode());
        assertEquals(400, request("GET", "/messages?limit=many").statusCode());
    }

    private void send(String subject, String text, String... recipients) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(node.smtpPort()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("shop@example.org"));
        message.setRecipients(Message.RecipientType.BCC, "");
        for (String recipient : recipients) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        }
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        message.setHeader("X-Campaign", "42");
        Transport.send(message);
    }

    private JsonNode get(String path) throws Exception {
        return new ObjectMapper().readTree(request("GET", path).body());
    }

    private HttpResponse<byte[]> request(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.api() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
