package dev.accepted.objects;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes a filesystem store's old files, while others write to it.
 *
 * <p>A file may be written anew between the look at its age and its removal. So it is moved aside first and looked at
 * again there: if it is young then, it is moved back.
 */
final class OldFiles {

    private static final int PORTION = 500;
    private static final String DESCRIPTION = ".json";
    private static final String ASIDE = ".aside";

    private final Path root;
    private final Instant than;
    private final ObjectStore.Uses uses;
    private int removed;

    OldFiles(Path root, Instant than, ObjectStore.Uses uses) {
        this.root = root;
        this.than = than;
        this.uses = uses;
    }

    /** Removes them and gives the number of objects that they were. */
    int remove() throws IOException {
        for (Path folder : children(root)) {
            String name = folder.getFileName().toString();
            if (name.equals(FilesystemObjectStore.DRAFTS)) {
                removeDrafts(folder);
            } else if (name.startsWith(FilesystemObjectStore.TENANT_FOLDER)) {
                String tenant = name.substring(FilesystemObjectStore.TENANT_FOLDER.length());
                removeOf(URLDecoder.decode(tenant, StandardCharsets.UTF_8), folder);
            }
        }
        return removed;
    }

    /** What a process left that was killed while it wrote. */
    private void removeDrafts(Path drafts) throws IOException {
        for (Path draft : children(drafts)) {
            if (isOld(draft)) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private void removeOf(String tenant, Path folder) throws IOException {
        for (Path part : children(folder)) {
            List<Path> old = new ArrayList<>();
            for (Path file : children(part)) {
                if (file.toString().endsWith(ASIDE)) {
                    putBack(file);
                } else if (isOld(file)) {
                    old.add(file);
                }
            }
            for (int from = 0; from < old.size(); from += PORTION) {
                remove(tenant, old.subList(from, Math.min(old.size(), from + PORTION)));
            }
        }
    }

    private void remove(String tenant, List<Path> files) throws IOException {
        Set<String> digests = new HashSet<>();
        files.forEach(file -> digests.add(digestOf(file)));
        Set<String> used = uses.among(tenant, digests);
        for (Path file : files) {
            if (!used.contains(digestOf(file))
                    && remove(file)
                    && !file.toString().endsWith(DESCRIPTION)) {
                removed++;
            }
        }
    }

    private boolean remove(Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ASIDE);
        try {
            Files.move(file, aside);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            return false;
        }
        if (!isOld(aside)) {
            putBack(aside);
            return false;
        }
        Files.deleteIfExists(aside);
        return true;
    }

    /** What was written anew meanwhile has the same content. */
    private static void putBack(Path aside) throws IOException {
        String name = aside.getFileName().toString();
        try {
            Files.move(aside, aside.resolveSibling(name.substring(0, name.length() - ASIDE.length())));
        } catch (FileAlreadyExistsException e) {
            Files.deleteIfExists(aside);
        }
    }

    private boolean isOld(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(than);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String digestOf(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(DESCRIPTION) ? name.substring(0, name.length() - DESCRIPTION.length()) : name;
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(children::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return children;
    }
}
