package dev.accepted.analytics.input;

/** JSON Pointers (RFC 6901) into the body. */
final class Pointer {

    private Pointer() {}

    static String row(int row) {
        return "/data/" + row;
    }

    static String cell(int row, int column) {
        return "/data/" + row + "/" + column;
    }

    static String cell(int row, String column) {
        return "/data/" + row + "/" + escaped(column);
    }

    static String parameter(String name) {
        return "/parameters/" + escaped(name);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
