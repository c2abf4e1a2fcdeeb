package dev.accepted.engine.types;

import com.fasterxml.jackson.databind.JavaType;
import dev.accepted.contract.Wire;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The handlers among this worker's beans, by job type. */
@Singleton
public class HandlerRegistry {

    private final Map<String, Binding> bindings = new TreeMap<>();
    private final String queue;

    HandlerRegistry(@Any Instance<JobHandler<?, ?>> handlers) {
        for (Instance.Handle<JobHandler<?, ?>> handle : handlers.handles()) {
            Binding binding = bind(handle.getBean().getBeanClass(), handle.get());
            if (bindings.putIfAbsent(binding.descriptor().type(), binding) != null) {
                throw new IllegalStateException(
                        "Two handlers for job type " + binding.descriptor().type() + ": a worker has one a type");
            }
        }
        Set<String> queues =
                bindings.values().stream().map(b -> b.descriptor().queue()).collect(Collectors.toSet());
        if (queues.size() != 1) {
            throw new IllegalStateException("A worker serves one queue, but the handlers here name " + queues);
        }
        queue = queues.iterator().next();
    }

    @SuppressWarnings("unchecked") // the input is read as the handler's own type parameter says
    private static Binding bind(Class<?> bean, JobHandler<?, ?> handler) {
        JobType type = bean.getAnnotation(JobType.class);
        if (type == null) {
            throw new IllegalStateException(bean.getName() + " is a JobHandler without @JobType");
        }
        JavaType[] parameters = Wire.JSON.getTypeFactory().constructType(bean).findTypeParameters(JobHandler.class);
        return new Binding(
                Descriptors.of(type, bean.getClassLoader()), (JobHandler<Object, Object>) handler, parameters[0]);
    }

    public String queue() {
        return queue;
    }

    public Optional<Binding> of(String type) {
        return Optional.ofNullable(bindings.get(type));
    }

    public Collection<Binding> all() {
        return bindings.values();
    }
}
