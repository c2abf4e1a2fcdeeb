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
                    routes.add(new Route(pattern(join(root, path == null ? "" : path.value())), http.value()));
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
        Set<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (route.path.matcher(path).matches()) {
                methods.add(route.method);
            }
        }
        return methods;
    }

    private record Route(Pattern path, String method) {}
}
