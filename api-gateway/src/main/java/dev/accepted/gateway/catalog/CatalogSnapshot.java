package dev.accepted.gateway.catalog;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** What no job has as its id. */
    static final String NO_ID = "none";

    private final SortedMap<String, AnnouncedType> byType;
    private final Map<String, AnnouncedType> bySubmitPath = new HashMap<>();
    private final Map<StatusPath, Set<String>> statusPaths = new LinkedHashMap<>();

    CatalogSnapshot(SortedMap<String, AnnouncedType> types) {
        byType = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        for (AnnouncedType type : byType.values()) {
            JobTypeDescriptor descriptor = type.descriptor();
            if (descriptor.path() != null && !descriptor.internal()) {
                bySubmitPath.putIfAbsent(descriptor.path(), type);
            }
            statusPaths
                    .computeIfAbsent(StatusPath.of(descriptor.statusPath()), path -> new HashSet<>())
                    .add(descriptor.idPrefix());
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

    /**
     * The id in a path that is some type's status path. An id with the prefix of other types is {@link #NO_ID} there: under
     * {@code /campaigns} there are campaigns and nothing else.
     */
    public Optional<String> idInStatusPath(String path) {
        return statusPaths.entrySet().stream()
                .flatMap(template -> template.getKey().idIn(path).stream()
                        .map(id -> template.getValue().contains(prefixOf(id)) ? id : NO_ID))
                .findFirst();
    }

    private static String prefixOf(String id) {
        return id.substring(0, Math.max(0, id.indexOf('-')));
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
