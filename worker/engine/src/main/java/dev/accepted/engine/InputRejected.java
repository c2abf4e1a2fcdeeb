package dev.accepted.engine;

/** The work found the input unacceptable: the job ends as {@code rejected} and is never tried again. */
public final class InputRejected extends RuntimeException {

    private final String pointer;

    /**
     * @param pointer JSON Pointer into the input, for example {@code /data/3}
     * @param detail what is wrong there, for the client to read
     */
    public InputRejected(String pointer, String detail) {
        super(detail);
        this.pointer = pointer;
    }

    public String pointer() {
        return pointer;
    }
}
