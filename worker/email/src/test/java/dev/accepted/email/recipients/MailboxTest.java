package dev.accepted.email.recipients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxTest {

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada@example.com",
        "Ada.Lind+news@EXAMPLE.com, Ada.Lind+news@example.com",
        "o'hara@example.co.uk, o'hara@example.co.uk",
        "ada@bücher.example, ada@xn--bcher-kva.example",
        "'\"ada lind\"@example.com', '\"ada lind\"@example.com'",
        "ada@[192.0.2.1], ada@[192.0.2.1]"
    })
    void itsAddressIsCanonical(String text, String canonical) throws BadAddress {
        assertEquals(canonical, Mailbox.of("  " + text + "\t").address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada",
                "@example.com",
                "ada@",
                "ada@@example.com",
                "a da@example.com",
                "ada@exa mple.com",
                "ada@example..com",
                "ada@.example.com",
                ".ada@example.com",
                "ada.@example.com",
                "ada@example.com.",
                "ada@exa_mple.com",
                "ada@example.com, eve@example.com",
                "Ada <ada@example.com>",
                "ada@example.com (Ada)",
                "@relay.example,@other.example:ada@example.com",
                "team:ada@example.com;",
                "jörg@example.com",
                "ada\\@example.com",
                "a\\>\\ SIZE=1@example.com",
                "\"a\r\n RCPT TO:<eve@example.com>\"@example.com",
                "ada@example.com\r\nBcc: eve@example.com",
                "\"a> NOTIFY=NEVER\"@example.com",
                "ada@x\uFF20example.com"
            })
    void whatIsNoPlainAddressIsRefused(String text) {
        assertThrows(BadAddress.class, () -> Mailbox.of(text));
    }

    @Test
    void anAddressOfMoreThan254CharactersIsRefused() throws BadAddress {
        String longest = "a".repeat(254 - "@example.com".length()) + "@example.com";
        assertEquals(longest, Mailbox.of(longest).address());
        assertThrows(BadAddress.class, () -> Mailbox.of("a" + longest));
    }

    @Test
    void theReasonDoesNotRepeatTheAddress() {
        String reason = assertThrows(BadAddress.class, () -> Mailbox.of("ada@exa_mple.com"))
                .reason();
        assertFalse(reason.contains("mple"), reason);
    }
}
