package dev.accepted.analytics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Bodies of requests. */
final class Bodies {

    static final int MIB = 1 << 20;

    private Bodies() {}

    static byte[] of(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    /** A clustering of the rows by k-means into two clusters, with further parameters. */
    static byte[] kMeans(String moreParameters, String data) {
        return of("{'dataset_name':'d','analysis_type':'clustering','parameters':{'algorithm':'k-means','clusters':2"
                + moreParameters + "},'data':" + data + "}");
    }

    static byte[] clustering(String parameters, String data) {
        return of("{'dataset_name':'d','analysis_type':'clustering','parameters':" + parameters + ",'data':" + data
                + "}");
    }

    static byte[] summary(String data) {
        return of("{'dataset_name':'d','analysis_type':'summary_statistics','data':" + data + "}");
    }

    /** A clustering of random numbers, with as many rows as make a body of exactly so many bytes. */
    static byte[] ofSize(int bytes, String parameters, int width) {
        String opened = new String(clustering(parameters, "["), StandardCharsets.UTF_8);
        StringBuilder body = new StringBuilder(bytes).append(opened, 0, opened.length() - 1);
        Random random = new Random(1);
        String separator = "";
        while (body.length() + 7 * width + 5 <= bytes) {
            body.append(separator).append(row(random, width));
            separator = ",";
        }
        body.append("]}");
        return body.append(" ".repeat(bytes - body.length())).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** So many rows of random numbers with four digits after the point. */
    static String rows(int rows, int width) {
        Random random = new Random(1);
        return Stream.generate(() -> row(random, width)).limit(rows).collect(Collectors.joining(",", "[", "]"));
    }

    static byte[] resource(String name) {
        try (InputStream in = Bodies.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String row(Random random, int width) {
        StringBuilder row = new StringBuilder("[");
        for (int c = 0; c < width; c++) {
            String digits = Integer.toString(10_000 + random.nextInt(90_000));
            row.append(c == 0 ? "" : ",").append(digits, 0, 1).append('.').append(digits, 1, 5);
        }
        return row.append(']').toString();
    }
}
