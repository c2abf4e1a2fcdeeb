package dev.accepted.cli.jobs;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.Columns;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Prints jobs as their pages come, until whoever reads them has gone. */
final class JobList {

    private JobList() {}

    static void table(JobPages pages, PrintWriter out, PrintWriter messages) throws InterruptedException {
        Whose whose = pages.whose();
        Columns columns = new Columns(whose.heads());
        boolean any = false;
        while (pages.hasNext() && !out.checkError()) {
            List<JsonNode> page = pages.next();
            if (any || !page.isEmpty()) {
                columns.print(
                        out, page.stream().map(body -> whose.row(new Job(body))).toList());
                any = true;
            }
        }
        if (!any) {
            messages.println("No such job.");
        } else if (pages.isCut()) {
            messages.println("There are more: --all lists them all.");
        }
    }

    static void json(JobPages pages, PrintWriter out) throws InterruptedException, IOException {
        JsonGenerator document = Json.printing(out);
        document.writeStartObject();
        document.writeArrayFieldStart("items");
        while (pages.hasNext() && !out.checkError()) {
            for (JsonNode job : pages.next()) {
                document.writeTree(job);
            }
        }
        document.writeEndArray();
        if (pages.isCut()) {
            document.writeBooleanField("more", true);
        }
        document.writeEndObject();
        document.flush();
        out.println();
    }
}
