package dev.accepted.e2e.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One tab, used as a person does: reads what is shown, clicks, types, presses keys. */
final class Tab implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** Finds what a person would: seen, not disabled, with that name or text. */
    private static final String FIND = """
            (selector, text) => [...document.querySelectorAll(selector)].find((element) =>
              element.checkVisibility() && !element.disabled
              && `${element.getAttribute('aria-label') || ''}\\n${element.textContent}`.includes(text))""";

    private final DevTools tools;
    private final Runnable closing;

    Tab(DevTools tools, Runnable closing) {
        this.tools = tools;
        this.closing = closing;
    }

    void begin(String url) throws InterruptedException {
        for (String domain : List.of("Page", "Runtime", "Log")) {
            tools.call(domain + ".enable", Map.of());
        }
        desktop();
        go(url);
    }

    void go(String url) throws InterruptedException {
        tools.call("Page.navigate", Map.of("url", url));
    }

    void reload() throws InterruptedException {
        tools.call("Page.reload", Map.of());
    }

    void desktop() throws InterruptedException {
        size(1280, 800);
    }

    void phone() throws InterruptedException {
        size(360, 740);
    }

    private void size(int width, int height) throws InterruptedException {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(String name) throws InterruptedException {
        tools.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", name))));
    }

    /** What an expression comes to; a promise is waited for. */
    JsonNode evaluate(String expression) throws InterruptedException {
        JsonNode result = tools.call(
                "Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** All text that is shown. */
    String text() throws InterruptedException {
        return evaluate("document.body.innerText").asText();
    }

    String address() throws InterruptedException {
        return evaluate("location.href").asText();
    }

    /** Waits until the page shows a text. */
    void awaitText(String text) throws InterruptedException {
        await("document.body.innerText.includes(" + quoted(text) + ")", "the text " + text);
    }

    void awaitNoText(String text) throws InterruptedException {
        await("!document.body.innerText.includes(" + quoted(text) + ")", "no text " + text);
    }

    /** Waits until something is so. */
    void await(String condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!evaluate("Boolean(document.body && (" + condition + "))").asBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain for " + what + " at " + address() + "; shown is:\n" + text());
            }
            Client.pause(LOOK_AGAIN);
        }
    }

    private String find(String selector, String text) throws InterruptedException {
        String found = "(" + FIND + ")(" + quoted(selector) + ", " + quoted(text) + ")";
        await(found, selector + " with " + text);
        return found;
    }

    /** Clicks into the middle of something with the mouse. */
    void click(String selector, String text) throws InterruptedException {
        JsonNode at = evaluate("(() => { const found = " + find(selector, text)
                + "; found.scrollIntoView({block: 'center', behavior: 'instant'});"
                + " const box = found.getBoundingClientRect();"
                + " return {x: box.x + box.width / 2, y: box.y + box.height / 2}; })()");
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            tools.call(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            at.path("x").asDouble(),
                            "y",
                            at.path("y").asDouble(),
                            "button",
                            type.equals("mouseMoved") ? "none" : "left",
                            "clickCount",
                            1));
        }
    }

    /** Goes to something and presses Enter there: also what moves under the mouse is met. */
    void enter(String selector, String text) throws InterruptedException {
        evaluate(find(selector, text) + ".focus()");
        press("Enter");
    }

    void press(String key) throws InterruptedException {
        Map<String, Integer> codes = Map.of("Enter", 13, "Escape", 27, "Tab", 9);
        int code = codes.getOrDefault(key, 0);
        for (String type : List.of("keyDown", "keyUp")) {
            tools.call(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type", type,
                            "key", key,
                            "code", key,
                            "windowsVirtualKeyCode", code,
                            "text", key.equals("Enter") && type.equals("keyDown") ? "\r" : ""));
        }
    }

    /** Types over what is in the field of that label. */
    void type(String label, String text) throws InterruptedException {
        evaluate("(() => { const field = " + find("label", label) + ".control; field.focus(); field.select(); })()");
        tools.call("Input.insertText", Map.of("text", text));
    }

    void choose(String label, String option) throws InterruptedException {
        evaluate("(() => { const field = " + find("label", label) + ".control; field.value = " + quoted(option)
                + "; field.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    /** Writes what is shown, all of it, into a file of {@code target/console}. */
    void picture(String name) throws IOException, InterruptedException {
        JsonNode taken = tools.call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Path file = Path.of("target", "console", name + ".png");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(taken.path("data").asText()));
    }

    /** What axe finds that is serious or critical: rule, what it says, where. */
    List<String> hindrances() throws IOException, InterruptedException {
        if (!evaluate("Boolean(globalThis.axe)").asBoolean()) {
            evaluate(Files.readString(Tools.fromNpm("axe-core/axe.min.js")) + "; 0");
        }
        JsonNode violations =
                evaluate("axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations)");
        List<String> serious = new ArrayList<>();
        for (JsonNode violation : violations) {
            if (List.of("serious", "critical").contains(violation.path("impact").asText())) {
                violation
                        .path("nodes")
                        .forEach(node -> serious.add(violation.path("id").asText() + ": "
                                + violation.path("help").asText() + " " + node.path("html") + " "
                                + node.path("failureSummary").asText()));
            }
        }
        return serious;
    }

    List<String> complaints() {
        return tools.complaints();
    }

    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** Does something that asks for a reason: presses its button, says why, and means it. */
    void act(String button, String reason, String meant) throws InterruptedException {
        click("button", button);
        type("Reason", reason);
        click("dialog button", meant);
    }

    @Override
    public void close() {
        tools.close();
        closing.run();
    }
}
