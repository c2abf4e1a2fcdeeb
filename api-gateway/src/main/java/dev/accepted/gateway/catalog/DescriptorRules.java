package dev.accepted.gateway.catalog;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a descriptor must be so that the gateway can serve it. */
final class DescriptorRules {

    /** Where a status path has the id. */
    static final String ID = "{id}";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([._-][a-z0-9]+)*");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern STATUS_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)*/\\{id}(/[A-Za-z0-9._~-]+)*");
    private static final Pattern PREFIX = Pattern.compile("[a-z]{1,16}");

    private final OwnPaths own;

    DescriptorRules(OwnPaths own) {
        this.own = own;
    }

    /** Why a descriptor cannot be served; empty if it can. */
    Optional<String> against(String key, JobTypeDescriptor descriptor) {
        if (!isWhole(descriptor)) {
            return Optional.of("a member is missing");
        }
        if (!key.equals(descriptor.type())) {
            return Optional.of("its key is not its type, " + descriptor.type());
        }
        if (!NAME.matcher(descriptor.type()).matches()
                || !NAME.matcher(descriptor.queue()).matches()) {
            return Optional.of("type or queue is no name: " + descriptor.type() + ", " + descriptor.queue());
        }
        if (!PREFIX.matcher(descriptor.idPrefix()).matches()) {
            return Optional.of("its id prefix is not 1 to 16 lower-case letters: " + descriptor.idPrefix());
        }
        if (descriptor.maxInputBytes() < 1 || descriptor.maxInputBytes() > Integer.MAX_VALUE / 2) {
            return Optional.of("its largest input is out of range: " + descriptor.maxInputBytes());
        }
        return pathFault(descriptor);
    }

    private Optional<String> pathFault(JobTypeDescriptor descriptor) {
        String path = descriptor.path();
        if (path != null && !PATH.matcher(path).matches()) {
            return Optional.of("its path does not read: " + path);
        }
        if (path != null && !own.methods(path).isEmpty()) {
            return Optional.of("its path is the gateway's own: " + path);
        }
        return STATUS_PATH.matcher(descriptor.statusPath()).matches()
                ? Optional.empty()
                : Optional.of("its status path has no place for the id: " + descriptor.statusPath());
    }

    private static boolean isWhole(JobTypeDescriptor descriptor) {
        return Stream.of(
                        descriptor.type(),
                        descriptor.queue(),
                        descriptor.title(),
                        descriptor.idPrefix(),
                        descriptor.idMember(),
                        descriptor.statusPath(),
                        descriptor.scope(),
                        descriptor.counters(),
                        descriptor.references(),
                        descriptor.typicalDuration(),
                        descriptor.timeout(),
                        descriptor.retry(),
                        descriptor.inputSchema())
                .allMatch(Objects::nonNull);
    }
}
