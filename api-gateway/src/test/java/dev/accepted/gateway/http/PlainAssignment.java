package dev.accepted.gateway.http;

import io.quarkus.arc.DefaultBean;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;

/** Stands in where the application under test has no projection: the log's channel is configured, and nobody reads it. */
@DefaultBean
@ApplicationScoped
@Identifier("projection")
public class PlainAssignment implements KafkaConsumerRebalanceListener {}
