package io.hubbub.server.config;

import io.hubbub.cluster.ClusterOptions;

/**
 * How to be one of several nodes.
 *
 * @param enabled whether to be
 * @param expected not ready before this many nodes have been in view at once
 * @param options how to join them
 */
public record ClusterConfig(boolean enabled, int expected, ClusterOptions options) {}
