package dev.accepted.cli.stack;

import dev.accepted.cli.files.OwnersFile;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** The keys of a stack: made once for its directory, readable by its owner alone. */
public final class Secrets {

    /** Whom the stack's tokens are for. */
    static final String AUDIENCE = "accepted";

    private static final int KEY_BYTES = 32;
    private static final int RSA_BITS = 2048;

    private final DataDirectory data;

    private Secrets(DataDirectory data) {
        this.data = data;
    }

    /** Makes what is missing. */
    static Secrets prepare(DataDirectory data) {
        Secrets secrets = new Secrets(data);
        try {
            makeIfMissing(secrets.idKeyFile());
            makeIfMissing(secrets.webhooksKeyFile());
            // The public key is written last, so it stands for the pair.
            if (!Files.exists(secrets.publicKeyFile())) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(RSA_BITS);
                KeyPair pair = generator.generateKeyPair();
                OwnersFile.write(
                        secrets.privateKeyFile(),
                        pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
                OwnersFile.write(
                        secrets.publicKeyFile(),
                        pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            }
            return secrets;
        } catch (IOException | GeneralSecurityException e) {
            throw new Refusal("The keys in " + data.secrets() + " cannot be made: " + e, e);
        }
    }

    private static void makeIfMissing(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            OwnersFile.write(file, Base64.getEncoder().encodeToString(key));
        }
    }

    /** Those of a stack that has them. */
    static Secrets of(DataDirectory data) {
        return new Secrets(data);
    }

    /** The key that job ids are sealed with: 32 bytes in Base64. */
    String idKey() {
        return read(idKeyFile());
    }

    /** The key that tenants' secrets for webhooks follow from: 32 bytes in Base64. */
    String webhooksKey() {
        return read(webhooksKeyFile());
    }

    /** The key that tokens are verified with, as PEM. */
    Path publicKeyFile() {
        return data.secrets().resolve("jwt-public.pem");
    }

    /** The key that tokens are signed with. */
    PrivateKey privateKey() {
        try {
            String base64 = read(privateKeyFile()).replaceAll("-----[A-Z ]+-----|\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new Refusal("The key " + privateKeyFile() + " cannot be used: " + e, e);
        }
    }

    /** Who issues the stack's tokens: stable for a directory, another for another one. */
    String issuer() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(data.root().toString().getBytes(StandardCharsets.UTF_8));
            return "http://accepted.local/" + HexFormat.of().formatHex(digest, 0, 6);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private Path idKeyFile() {
        return data.secrets().resolve("id-key");
    }

    private Path webhooksKeyFile() {
        return data.secrets().resolve("webhooks-key");
    }

    private Path privateKeyFile() {
        return data.secrets().resolve("jwt-private.pem");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new Refusal("The key " + file + " cannot be read: " + e, e);
        }
    }

    private static String pem(String label, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----";
    }
}
