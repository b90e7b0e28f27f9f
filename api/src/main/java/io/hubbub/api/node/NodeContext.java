package io.hubbub.api.node;

import io.hubbub.api.cluster.Views;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What every verticle is given by the process that runs it.
 *
 * @param id the node's id, {@code <node.name>~<6 hex>}
 * @param views the cluster as it is seen from here
 * @param health where to name what keeps the node from being ready
 * @param drain where to add what has to be done before the node leaves
 * @param metrics where to count
 */
public record NodeContext(
    String id, Views views, Health health, Drain drain, MeterRegistry metrics) {}
