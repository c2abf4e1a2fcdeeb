package dev.accepted.gateway.problem;

import java.util.Set;

/** Which methods a path is served with; without any there is no such path. */
public interface AllowedMethods {

    Set<String> at(String path);
}
