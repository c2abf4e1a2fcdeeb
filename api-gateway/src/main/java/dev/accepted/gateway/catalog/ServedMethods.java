package dev.accepted.gateway.catalog;

import dev.accepted.gateway.problem.AllowedMethods;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** What the gateway serves of its own together with what the catalog adds. */
@ApplicationScoped
class ServedMethods implements AllowedMethods {

    private final OwnPaths own;
    private final CatalogFollower catalog;

    ServedMethods(OwnPaths own, CatalogFollower catalog) {
        this.own = own;
        this.catalog = catalog;
    }

    @Override
    public Set<String> at(String path) {
        Set<String> methods = own.methods(path);
        CatalogSnapshot now = catalog.known();
        if (now.bySubmitPath(path).isPresent()) {
            methods.add("POST");
        }
        if (methods.isEmpty() && now.idInStatusPath(path).isPresent()) {
            methods.add("GET");
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        if (!methods.isEmpty()) {
            methods.add("OPTIONS");
        }
        return methods;
    }
}
