package dev.accepted.gateway.projection;

import dev.accepted.contract.job.JobState;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells whoever listens which jobs changed. Listeners are called on the fold's thread and must be quick. */
@Singleton
public class Pulse {

    private final List<Consumer<JobState>> changed = new CopyOnWriteArrayList<>();

    /** Calls back with each job's new state, after it is committed. */
    public void onChange(Consumer<JobState> listener) {
        changed.add(listener);
    }

    void folded(Collection<Folder.Change> changes) {
        for (Folder.Change change : changes) {
            changed.forEach(listener -> listener.accept(change.after()));
        }
    }
}
