package dev.accepted.gateway.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The paths that the gateway's resource classes serve, with their methods, read from the annotations.
 *
 * <p>The framework asks the catch-all before it answers 405, and names no methods then; this knows them.
 */
@ApplicationScoped
class OwnPaths {

    private static final Pattern VARIABLE = Pattern.compile("\\{[^/{}:]+(?::((?:[^{}]|\\{[^{}]*})+))?}");

    private final List<Route> routes = new ArrayList<>();

    OwnPaths(BeanManager beans) {
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path root = bean.getBeanClass().getAnnotation(Path.class);
            // A class that begins with a variable is the catch-all: it serves what the catalog says.
            if (root != null && !root.value().startsWith("/{")) {
                addRoutes(root.value(), bean.getBeanClass());
            }
        }
    }

    private void addRoutes(String root, Class<?> resource) {
        for (Method method : resource.getDeclaredMethods()) {
            for (Annotation annotation : method.getAnnotations()) {
                HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                if (http != null) {
                    Path path = method.getAnnotation(Path.class);
                    String template = join(root, path == null ? "" : path.value());
                    routes.add(new Route(pattern(template), !template.contains("{"), http.value()));
                }
            }
        }
    }

    private static String join(String root, String path) {
        String joined = ("/" + root + "/" + path).replaceAll("/+", "/");
        return joined.length() > 1 && joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined;
    }

    private static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        Matcher variable = VARIABLE.matcher(template);
        int after = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(template.substring(after, variable.start())));
            regex.append(variable.group(1) == null ? "[^/]+" : variable.group(1).strip());
            after = variable.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(template.substring(after))) + "/?");
    }

    /** The methods that a path is served with; empty if it is none of ours. */
    Set<String> methods(String path) {
        List<Route> matching = routes.stream()
                .filter(route -> route.path.matcher(path).matches())
                .toList();
        // As the framework has it: a path that is written out serves nothing that one with a variable would.
        boolean literally = matching.stream().anyMatch(Route::literal);
        return matching.stream()
                .filter(route -> route.literal == literally)
                .map(Route::method)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private record Route(Pattern path, boolean literal, String method) {}
}
