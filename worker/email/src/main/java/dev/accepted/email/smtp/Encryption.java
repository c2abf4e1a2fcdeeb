package dev.accepted.email.smtp;

import java.util.Properties;

/** How a connection is encrypted. Certificates are always checked against the host's name. */
public enum Encryption {

    /** Not at all. */
    OFF {
        @Override
        void configure(Properties properties) {
            properties.setProperty("mail.smtp.starttls.enable", "false");
        }
    },

    /** By STARTTLS if the server offers it. */
    OPPORTUNISTIC {
        @Override
        void configure(Properties properties) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
        }
    },

    /** By STARTTLS, and no mail is sent to a server that does not offer it. */
    REQUIRED {
        @Override
        void configure(Properties properties) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
            properties.setProperty("mail.smtp.starttls.required", "true");
        }
    },

    /** From the first byte, as on port 465. */
    IMPLICIT {
        @Override
        void configure(Properties properties) {
            properties.setProperty("mail.smtp.ssl.enable", "true");
        }
    };

    abstract void configure(Properties properties);
}
