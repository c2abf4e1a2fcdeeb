package dev.accepted.email.rendering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    private static final int LIMIT = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"{{first_name}}", "{{ first_name }}", "{{\tfirst_name\n}}"})
    void spaceAroundAColumnDoesNotMatter(String placeholder) throws TemplateFlaw {
        assertEquals("Hello Ada!", render("Hello " + placeholder + "!", Escaping.NONE, Map.of("first_name", "Ada")));
    }

    @Test
    void aColumnThatOneRecipientLacksRendersAsNothing() throws TemplateFlaw {
        assertEquals("Hello !", render("Hello {{first_name}}!", Escaping.NONE, Map.of()));
    }

    @Test
    void aValueIsNotReadAsATemplate() throws TemplateFlaw {
        assertEquals("{{b}}", render("{{a}}", Escaping.NONE, Map.of("a", "{{b}}", "b", "secret")));
    }

    @Test
    void singleBracesAreText() throws TemplateFlaw {
        assertEquals("p{color:red} x }}", render("p{color:red} {{a}} }}", Escaping.HTML, Map.of("a", "x")));
    }

    @Test
    void aValueIsNoMarkup() throws TemplateFlaw {
        String html = render(
                "<p title=\"{{a}}\">{{a}}</p>", Escaping.HTML, Map.of("a", "\"><script>alert('x') & more</script>"));
        String escaped = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;) &amp; more&lt;/script&gt;";
        assertEquals("<p title=\"" + escaped + "\">" + escaped + "</p>", html);
    }

    @Test
    void aValueBreaksNoHeader() throws TemplateFlaw {
        String subject = render("Hi {{a}}", Escaping.HEADER, Map.of("a", "x\r\nBcc: all@example.com\u2028\u0085y\0"));
        assertEquals("Hi x  Bcc: all@example.com  y ", subject);
    }

    @Test
    void itSaysWhichColumnsItAsksFor() throws TemplateFlaw {
        Template template = Template.parse("{{b}} {{ a }} {{b}}", Escaping.NONE);
        assertEquals(List.of("b", "a"), List.copyOf(template.columns()));
    }

    @Test
    void whatIsNotClosedOrHasNoNameIsAFlawWithItsLine() {
        String open = assertThrows(TemplateFlaw.class, () -> Template.parse("x\ny {{first", Escaping.NONE))
                .reason();
        assertTrue(open.contains("line 2"), open);
        assertThrows(TemplateFlaw.class, () -> Template.parse("{{ }}", Escaping.NONE));
    }

    @Test
    void manyLargeValuesDoNotFillTheMemory() throws TemplateFlaw {
        Template template = Template.parse("{{a}}".repeat(100_000), Escaping.NONE);
        Map<String, String> large = Map.of("a", "x".repeat(100_000));
        assertThrows(TemplateFlaw.class, () -> template.render(large, LIMIT));
    }

    private static String render(String source, Escaping escaping, Map<String, String> columns) throws TemplateFlaw {
        return Template.parse(source, escaping).render(columns, LIMIT);
    }
}
