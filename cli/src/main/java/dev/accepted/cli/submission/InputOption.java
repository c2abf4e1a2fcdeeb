package dev.accepted.cli.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The input of a job: a file, standard input, or members that are said one by one. */
public final class InputOption {

    /** What a help text says of the words that may follow the type. */
    public static final String FORMS = "Members of the input: key=text, or key:=json for numbers, lists and the like."
            + " Or -: the input is read from standard input. Nothing: the input is {}.";

    private static final String STANDARD_INPUT = "-";

    private final InputStream in;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--file", paramLabel = "FILE", description = "The file that has the input, JSON.")
    private @Nullable Path file;

    /** @param in what {@code -} stands for */
    public InputOption(InputStream in) {
        this.in = in;
        this.command = CommandSpec.create();
    }

    /**
     * The input, one JSON value, byte for byte as it was given.
     *
     * @param members the words that follow the type
     */
    public byte[] read(List<String> members) {
        if (file == null && !members.equals(List.of(STANDARD_INPUT))) {
            return Json.bytes(object(members));
        }
        if (file != null && !members.isEmpty()) {
            throw new ParameterException(command.commandLine(), "--file is the whole input; nothing goes with it");
        }
        String source = file == null ? "standard input" : file.toString();
        try {
            byte[] input = file == null ? in.readAllBytes() : Files.readAllBytes(file);
            Json.requireOneValue(input);
            return input;
        } catch (JsonProcessingException e) {
            throw unusable(
                    source,
                    "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw unusable(source, String.valueOf(e.getMessage()), e);
        }
    }

    private static Refusal unusable(String source, String why, IOException cause) {
        return new Refusal(
                "The input from " + source + " is no JSON that can be read: " + why + ". Nothing was sent.",
                cause,
                ExitCode.NOT_UNDERSTOOD);
    }

    private ObjectNode object(List<String> members) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        members.forEach(member -> add(object, member));
        return object;
    }

    private void add(ObjectNode object, String member) {
        int equals = member.indexOf('=');
        boolean isJson = equals > 0 && member.charAt(equals - 1) == ':';
        String key = equals < 0 ? "" : member.substring(0, isJson ? equals - 1 : equals);
        check(!key.isEmpty(), "'" + member + "' is neither key=text nor key:=json");
        check(!object.has(key), "'" + key + "' is there twice");
        String value = member.substring(equals + 1);
        if (isJson) {
            object.putRawValue(key, new RawValue(json(key, value)));
        } else {
            object.put(key, value);
        }
    }

    private String json(String key, String value) {
        try {
            Json.requireOneValue(value.getBytes(StandardCharsets.UTF_8));
            return value;
        } catch (IOException e) {
            throw new ParameterException(
                    command.commandLine(), "'" + value + "' is no JSON; " + key + "=" + value + " says a text", e);
        }
    }

    private void check(boolean good, String rule) {
        if (!good) {
            throw new ParameterException(command.commandLine(), rule);
        }
    }
}
