package dev.accepted.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The settings that the modules have, read from their {@code @ConfigMapping} interfaces. */
final class Settings {

    private static final String MAPPING = "io.smallrye.config.ConfigMapping";
    private static final String DEFAULT = "io.smallrye.config.WithDefault";

    private static final JavaClasses SHIPPED =
            new ClassFileImporter().importLocations(new Tree.MainClasses().get(Settings.class));

    private Settings() {}

    /** Names of environment variables, each with its default, of all mappings in a package or below it. */
    static Map<String, Optional<String>> below(String packageName) {
        Map<String, Optional<String>> settings = new TreeMap<>();
        for (JavaClass candidate : SHIPPED) {
            boolean within = (candidate.getPackageName() + ".").startsWith(packageName + ".");
            if (within && candidate.isAnnotatedWith(MAPPING)) {
                add(settings, text(candidate.getAnnotationOfType(MAPPING).get("prefix")), candidate);
            }
        }
        return settings;
    }

    private static void add(Map<String, Optional<String>> settings, String prefix, JavaClass mapping) {
        for (JavaMethod method : mapping.getMethods()) {
            String name = prefix + "." + method.getName().replaceAll("([A-Z])", "-$1");
            JavaClass type = method.getRawReturnType();
            if (type.isInterface() && type.getEnclosingClass().isPresent()) {
                add(settings, name, type);
            } else {
                Optional<String> byDefault =
                        method.tryGetAnnotationOfType(DEFAULT).map(annotation -> text(annotation.get("value")));
                settings.put(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), byDefault);
            }
        }
    }

    private static String text(Optional<Object> value) {
        return String.valueOf(value.orElseThrow());
    }
}
