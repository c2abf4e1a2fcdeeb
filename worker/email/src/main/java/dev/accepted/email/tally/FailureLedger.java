package dev.accepted.email.tally;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Which lines failed, and why: a byte a line, 0 for none. Packed by deflate it needs some bits a failure.
 *
 * <p>The list itself never changes, so addresses need not be kept. Reasons are told apart up to a number of reasons and
 * of failures, which bounds the packed size; beyond either a failure is kept without its reason.
 */
final class FailureLedger {

    private static final int REASONS = 32;
    private static final int TOLD_APART = 20_000;
    private static final byte UNTOLD = REASONS + 1;
    private static final String UNTOLD_REASON = "Failed; only the reasons of the first failures are kept";

    private final List<String> reasons;
    private byte[] lines;
    private int failures;

    FailureLedger() {
        this(List.of(), new byte[0]);
    }

    private FailureLedger(List<String> reasons, byte[] lines) {
        this.reasons = new ArrayList<>(reasons);
        this.lines = lines;
        for (byte line : lines) {
            failures += line == 0 ? 0 : 1;
        }
    }

    /** Reads what {@link #pack} and {@link #reasons} gave. */
    static FailureLedger unpack(List<String> reasons, byte[] packed) {
        if (packed.length == 0) {
            return new FailureLedger();
        }
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return new FailureLedger(reasons, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The checkpoint's failures cannot be read", e);
        }
    }

    void add(int line, String reason) {
        if (line >= lines.length) {
            lines = Arrays.copyOf(lines, Math.max(1024, Math.max(line + 1, lines.length * 2)));
        }
        lines[line] = failures < TOLD_APART ? codeOf(reason) : UNTOLD;
        failures++;
    }

    /** Why a line failed, if it did. */
    Optional<String> reasonOf(int line) {
        int code = line < lines.length ? lines[line] : 0;
        if (code == 0) {
            return Optional.empty();
        }
        return Optional.of(code == UNTOLD ? UNTOLD_REASON : reasons.get(code - 1));
    }

    List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** Empty if nothing failed. */
    byte[] pack() {
        if (failures == 0) {
            return new byte[0];
        }
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, fast)) {
            out.write(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written", e);
        } finally {
            fast.end();
        }
        return packed.toByteArray();
    }

    private byte codeOf(String reason) {
        int known = reasons.indexOf(reason);
        if (known < 0 && reasons.size() < REASONS) {
            reasons.add(reason);
            known = reasons.size() - 1;
        }
        return known < 0 ? UNTOLD : (byte) (known + 1);
    }
}
