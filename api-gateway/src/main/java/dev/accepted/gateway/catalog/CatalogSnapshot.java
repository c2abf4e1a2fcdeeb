package dev.accepted.gateway.catalog;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every job type there is at one moment. Immutable.
 *
 * <p>Two types that claim one path: the first by name has it; the other is submitted through {@code POST /jobs} alone.
 */
public final class CatalogSnapshot {

    /** No type at all. */
    public static final CatalogSnapshot EMPTY = new CatalogSnapshot(new TreeMap<>());

    private final SortedMap<String, AnnouncedType> byType;
    private final Map<String, AnnouncedType> bySubmitPath = new HashMap<>();
    private final List<StatusPath> statusPaths = new ArrayList<>();

    CatalogSnapshot(SortedMap<String, AnnouncedType> types) {
        byType = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        for (AnnouncedType type : byType.values()) {
            JobTypeDescriptor descriptor = type.descriptor();
            if (descriptor.path() != null && !descriptor.internal()) {
                bySubmitPath.putIfAbsent(descriptor.path(), type);
            }
            StatusPath path = StatusPath.of(descriptor.statusPath());
            if (!statusPaths.contains(path)) {
                statusPaths.add(path);
            }
        }
    }

    public Optional<AnnouncedType> byType(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** The type, if clients may submit it. */
    public Optional<AnnouncedType> submittable(String type) {
        return byType(type).filter(found -> !found.descriptor().internal());
    }

    /** The names of the types that clients may submit, sorted. */
    public Collection<String> submittableNames() {
        return byType.keySet().stream()
                .filter(name -> submittable(name).isPresent())
                .toList();
    }

    /** The type that is submitted at a path of its own. */
    public Optional<AnnouncedType> bySubmitPath(String path) {
        return Optional.ofNullable(bySubmitPath.get(path));
    }

    /** The id in a path that is some type's status path, whatever type the job turns out to be of. */
    public Optional<String> idInStatusPath(String path) {
        return statusPaths.stream()
                .map(template -> template.idIn(path))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** All types, by name. */
    public Collection<AnnouncedType> all() {
        return byType.values();
    }

    /** Their names, sorted. */
    public Collection<String> names() {
        return byType.keySet();
    }

    /** A path with one id in it. */
    private record StatusPath(String before, String after) {

        static StatusPath of(String template) {
            int id = template.indexOf(DescriptorRules.ID);
            return new StatusPath(template.substring(0, id), template.substring(id + DescriptorRules.ID.length()));
        }

        Optional<String> idIn(String path) {
            int length = path.length() - before.length() - after.length();
            if (length < 1 || !path.startsWith(before) || !path.endsWith(after)) {
                return Optional.empty();
            }
            String id = path.substring(before.length(), before.length() + length);
            return id.indexOf('/') < 0 ? Optional.of(id) : Optional.empty();
        }
    }
}
