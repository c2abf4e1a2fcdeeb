package dev.accepted.webhooks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that signs itself, made by the JDK's own tool. */
final class Certificate {

    private static final String PASSWORD = "changeit";

    private final Path store;
    private final Path pem;

    private Certificate(Path store, Path pem) {
        this.store = store;
        this.pem = pem;
    }

    /** One for a host, its files in a directory. */
    static Certificate of(String host, Path directory) throws IOException, InterruptedException {
        Path store = directory.resolve(host + ".p12");
        Path pem = directory.resolve(host + ".pem");
        keytool(
                directory,
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "SAN=DNS:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        keytool(
                directory,
                "-exportcert",
                "-rfc",
                "-alias",
                "receiver",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                pem.toString());
        return new Certificate(store, pem);
    }

    private static void keytool(Path directory, String... arguments) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new java.util.ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(arguments));
        Path said = directory.resolve("keytool.log");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("keytool ended with " + status + ": " + Files.readString(said));
        }
    }

    /** The certificate, for those who are to accept it. */
    String pem() {
        return pem.toString();
    }

    SSLContext context() throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
