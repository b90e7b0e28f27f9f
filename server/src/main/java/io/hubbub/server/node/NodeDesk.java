package io.hubbub.server.node;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.Registration;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.node.Health;
import io.hubbub.api.query.DescribeNode;
import io.hubbub.api.query.Done;
import io.hubbub.api.query.DrainNode;
import io.hubbub.api.query.NodeState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells the rest of the cluster how this process is, whatever its roles, and takes the order to
 * drain. What it tells it takes from the metrics: nothing is measured twice.
 */
public final class NodeDesk {
  private static final long SAMPLE_MILLIS = 2_000;
  private static final int SAMPLES = 5;

  private static final List<String> RATES =
      List.of("hubbub.commands", "hubbub.sent.frames", "hubbub.sent.bytes", "hubbub.gaps");

  private final Vertx vertx;
  private final String node;
  private final MeterRegistry metrics;
  private final Health health;
  private final NodeDrain drain;
  private final Rates rates = new Rates(SAMPLES);

  /** Of a node. */
  public NodeDesk(Vertx vertx, String node, MeterRegistry metrics, Health health, NodeDrain drain) {
    this.vertx = vertx;
    this.node = node;
    this.metrics = metrics;
    this.health = health;
    this.drain = drain;
  }

  /** Begins to answer; done when the whole cluster knows the address. */
  public Future<Void> start() {
    return Future.<Void>future(
        promise ->
            vertx
                .getOrCreateContext()
                .runOnContext(
                    here -> {
                      vertx.setPeriodic(0, SAMPLE_MILLIS, tick -> sample());
                      new Registration(vertx.eventBus(), Addresses.node(node), this::hear)
                          .completion()
                          .onComplete(promise);
                    }));
  }

  private void hear(Message<Object> message) {
    if (message.body() instanceof DescribeNode) {
      message.reply(new NodeState(figures(), health.problems()));
    } else if (message.body() instanceof DrainNode) {
      drain.begin();
      message.reply(new Done());
    } else {
      message.fail(ErrorCode.UNKNOWN_OP.number(), "this node does not answer that");
    }
  }

  private void sample() {
    List<Double> counts = new ArrayList<>();
    for (String name : RATES) {
      counts.add(metrics.find(name).counters().stream().mapToDouble(Counter::count).sum());
    }
    rates.sample(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), counts);
  }

  private Map<String, Long> figures() {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("uptimeMillis", ManagementFactory.getRuntimeMXBean().getUptime());
    all.put("cpuPermille", gauge("process.cpu.usage", 1000));
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    all.put("heapUsedBytes", heap.getUsed());
    all.put("heapMaxBytes", Math.max(0, heap.getMax()));
    all.put("sessions", gauge("hubbub.sessions", 1));
    all.put("slowSessions", gauge("hubbub.sessions.slow", 1));
    all.put("conversations", gauge("hubbub.conversations.followed", 1));
    all.put("waitingCommands", gauge("hubbub.commands.waiting", 1));
    for (String status : new String[] {"online", "away", "busy", "invisible"}) {
      all.put(status + "Users", gauge("hubbub.presence.status", 1, "status", status));
    }
    Timer lag = metrics.find("hubbub.eventloop.lag").timer();
    all.put("loopLagMillis", lag == null ? 0 : Math.round(lag.max(TimeUnit.MILLISECONDS)));
    all.put("commandsPerSecond", rates.perSecond(0));
    all.put("framesPerSecond", rates.perSecond(1));
    all.put("bytesPerSecond", rates.perSecond(2));
    all.put("gapsPerSecond", rates.perSecond(3));
    return all;
  }

  private long gauge(String name, double times, String... tags) {
    double sum =
        metrics.find(name).tags(tags).gauges().stream()
            .mapToDouble(Gauge::value)
            .filter(Double::isFinite)
            .sum();
    return Math.round(Math.max(0, sum) * times);
  }
}
