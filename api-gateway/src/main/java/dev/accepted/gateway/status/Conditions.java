package dev.accepted.gateway.status;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Conditions of HQL that must all hold, and their parameters. */
record Conditions(List<String> texts, Map<String, Object> parameters) {

    static Conditions none() {
        return new Conditions(new ArrayList<>(), new HashMap<>());
    }

    Conditions copy() {
        return none().addAll(this);
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    Conditions add(String condition) {
        texts.add(condition);
        return this;
    }

    Conditions add(String condition, String parameter, Object value) {
        parameters.put(parameter, value);
        return add(condition);
    }

    Conditions addAll(Conditions others) {
        texts.addAll(others.texts);
        parameters.putAll(others.parameters);
        return this;
    }
}
