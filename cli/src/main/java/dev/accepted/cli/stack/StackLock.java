package dev.accepted.cli.stack;

import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The right to run a stack on a directory; the system takes it back when this process ends, however it ends.
 *
 * <p>The holder must not open the lock file a second time: closing that would give the lock away.
 */
public final class StackLock implements AutoCloseable {

    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws Refusal when a stack runs on the directory, or it cannot be written
     */
    public static StackLock acquire(DataDirectory data) {
        try {
            // Other people's data will lie in it; a directory that was there keeps the rights it has.
            Files.createDirectories(
                    data.root(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel channel = FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new Refusal("A stack runs on " + data.root() + " already (process "
                        + Files.readString(data.lock()).strip()
                        + "). Stop it, or name another directory with --data.");
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new StackLock(channel);
        } catch (IOException e) {
            throw new Refusal("The directory " + data.root() + " cannot be used: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Refusal("The lock cannot be given back: " + e, e);
        }
    }
}
