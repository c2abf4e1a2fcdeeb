package dev.accepted.gateway.watching;

import dev.accepted.contract.job.JobState;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Somebody who waits for a job to be as wanted. */
final class Wait implements Consumer<JobState> {

    private final Predicate<JobState> wanted;
    private volatile JobState newest;
    private volatile @Nullable UniEmitter<? super JobState> answer;

    Wait(JobState known, Predicate<JobState> wanted) {
        this.newest = known;
        this.wanted = wanted;
    }

    void answers(UniEmitter<? super JobState> emitter) {
        answer = emitter;
    }

    @Override
    public void accept(JobState state) {
        newest = state;
        if (wanted.test(state)) {
            giveUp();
        }
    }

    JobState newest() {
        return newest;
    }

    /** Answers with what there is; after the first answer nothing happens. */
    void giveUp() {
        UniEmitter<? super JobState> emitter = answer;
        if (emitter != null) {
            emitter.complete(newest);
        }
    }
}
