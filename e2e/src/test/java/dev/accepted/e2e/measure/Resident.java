package dev.accepted.e2e.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** What a process takes, as Linux tells it. */
final class Resident {

    /** The kernel's unit of processor time, the same on every architecture that Linux is built for today. */
    private static final int TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private final Path process;

    Resident(long pid) {
        this.process = Path.of("/proc", Long.toString(pid));
    }

    long mebibytes() throws IOException {
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IOException("No VmRSS of " + process);
    }

    /** Processor time since it began. */
    Duration processorTime() throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        List<String> fields = words(stat.substring(stat.lastIndexOf(')') + 2));
        long ticks = Long.parseLong(fields.get(USER_TICKS)) + Long.parseLong(fields.get(SYSTEM_TICKS));
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }

    /** Heap that is in use after a full collection. */
    long liveHeapMebibytes() throws IOException, InterruptedException {
        String pid = process.getFileName().toString();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process histogram = new ProcessBuilder(jcmd, pid, "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String total = "";
        for (String line : histogram.inputReader().lines().toList()) {
            total = line.startsWith("Total") ? line : total;
        }
        if (histogram.waitFor() != 0 || total.isEmpty()) {
            throw new IOException("jcmd told nothing of " + pid);
        }
        return Long.parseLong(words(total).get(2)) >> 20;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        new StringTokenizer(line).asIterator().forEachRemaining(word -> words.add((String) word));
        return words;
    }
}
