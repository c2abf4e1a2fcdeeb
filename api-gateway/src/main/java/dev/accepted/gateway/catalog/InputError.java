package dev.accepted.gateway.catalog;

/**
 * One thing that is wrong with a body.
 *
 * @param pointer JSON Pointer of the member, empty for the whole
 * @param detail what is wrong with it
 * @param code the keyword of the schema that says so, for example {@code required}
 */
public record InputError(String pointer, String detail, String code) {

    /** What a member's name adds to the pointer of the object that it is in. */
    public static String step(String member) {
        return "/" + member.replace("~", "~0").replace("/", "~1");
    }
}
