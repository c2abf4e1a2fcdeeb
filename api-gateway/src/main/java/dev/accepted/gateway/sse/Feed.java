package dev.accepted.gateway.sse;

import dev.accepted.gateway.watching.JobWatch.Following;

/** What a stream tells its client. */
public interface Feed {

    /**
     * Begins, on the stream's thread.
     *
     * @param news to be called, from any thread, when there is something to send
     * @return closed when the stream has ended
     */
    Following begin(Runnable news);

    /** Writes what there is. Called on the stream's thread after there were news, once its client reads. */
    void send(Outlet to);

    /** The stream, as what it sends sees it. */
    interface Outlet {

        void write(byte[] frame);

        /** Ends it in good order: all has been said. */
        void end();
    }
}
