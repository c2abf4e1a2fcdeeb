package dev.accepted.localstack.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A main class to run in a JVM of its own, of the same Java as this one.
 *
 * @param classPath entries as {@code java -cp} takes them
 * @param flags of the JVM: heap, collector, system properties
 * @param mainClass fully qualified
 */
public record JavaProgram(String classPath, List<String> flags, String mainClass) {

    /** Copies the flags. */
    public JavaProgram {
        flags = List.copyOf(flags);
    }

    /** The command line with these arguments. */
    public List<String> words(List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(java());
        words.addAll(flags);
        words.addAll(List.of("-cp", classPath, mainClass));
        words.addAll(arguments);
        return words;
    }

    /** The {@code java} that runs this process. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The class path of this process, also inside a test run that hides it behind a jar of references. */
    public static String ownClassPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return path.endsWith(File.pathSeparator) ? path.substring(0, path.length() - 1) : path;
    }
}
