package io.hubbub.api.hub;

import io.hubbub.api.bus.Addresses;
import io.hubbub.api.bus.DigestReply;
import io.hubbub.api.bus.Nudge;
import io.hubbub.api.bus.Registration;
import io.hubbub.api.cluster.Homes;
import io.hubbub.api.cluster.Node;
import io.hubbub.api.cluster.Role;
import io.hubbub.api.cluster.View;
import io.hubbub.api.cluster.Views;
import io.hubbub.api.link.Acked;
import io.hubbub.api.link.Append;
import io.hubbub.api.link.Delivered;
import io.hubbub.api.link.Item;
import io.hubbub.api.link.Known;
import io.hubbub.api.link.Link;
import io.hubbub.api.link.LinkBatch;
import io.hubbub.api.link.LinkInbox;
import io.hubbub.api.link.Mark;
import io.hubbub.api.link.Marked;
import io.hubbub.api.link.ReadMoved;
import io.hubbub.api.link.Typing;
import io.hubbub.api.log.Command;
import io.hubbub.api.log.Entry;
import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.log.Outcome;
import io.hubbub.api.node.DatabaseClock;
import io.hubbub.api.query.Query;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's connection to all homes: commands go out in order and are answered, interest is told
 * and compared, deliveries come in, questions find a history node. Edges and {@code HubbubClient}
 * are built on it. Create it on the context that it is used on.
 */
public final class Hub {
  private static final Logger LOG = LoggerFactory.getLogger(Hub.class);
  private final Vertx vertx;
  private final Context context;
  private final Views views;
  private final HubListener listener;
  private final HubOptions options;
  private final HomeLinks links;
  private final Outbound outbound;
  private final InterestKeeper interest;
  private final Questions questions;
  private final HomeWatch watch;
  private final UserHub users;
  private final LinkInbox inbox;
  private final Registration registration;
  private final DatabaseClock clock = new DatabaseClock();
  private final Counter strange;
  private Homes homes;
  private boolean reachable = true;
  private String heardEpoch = "";
  private String epoch = "";
  private AutoCloseable viewing = () -> {};
  private long timer;

  /** A hub of a node. */
  public Hub(
      Vertx vertx,
      String self,
      Views views,
      HubOptions options,
      MeterRegistry metrics,
      HubListener listener) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.views = views;
    this.listener = listener;
    this.options = options;
    this.homes = Homes.of(views.current(), Role.HISTORY);
    this.links =
        new HomeLinks(
            vertx, self, Link.COMMANDS, Addresses::history, options.link(), metrics, clock::now);
    this.questions = new Questions(vertx, self, views, options.askMillis(), this::silent);
    this.outbound = new Outbound(links, options, metrics, () -> homes);
    this.inbox = new LinkInbox(this::take);
    this.interest = new InterestKeeper(self, links, questions, listener, this::silent);
    this.watch =
        new HomeWatch(
            vertx,
            Role.HISTORY,
            Addresses::history,
            metrics,
            options.digestMillis(),
            interest::digest,
            new Findings());
    this.users = new UserHub(vertx, self, views.current(), options, metrics, clock, listener);
    this.strange = metrics.counter("hubbub.deliveries.strange");
    this.registration = new Registration(vertx.eventBus(), Addresses.edge(self), this::hear);
  }

  /** Begins to listen; done when the whole cluster knows the address. */
  public Future<Void> start() {
    viewing = views.listen(view -> context.runOnContext(done -> see(view)));
    timer = vertx.setPeriodic(options.digestMillis(), tick -> tick());
    return registration.completion();
  }

  /** Appends; the outcome comes after the commit, or an error of {@link ErrorCode}. */
  public Future<Outcome> append(Command command) {
    return append(command, () -> {});
  }

  /**
   * The same.
   *
   * @param late run when it is done after all, though its outcome was said to be unknown
   */
  public Future<Outcome> append(Command command, Runnable late) {
    return outbound.append(command, late);
  }

  /**
   * Raises read positions.
   *
   * @param read the last number read, or 0
   * @param delivered the last number delivered, or 0
   */
  public Future<Marked> mark(UUID conversation, String user, long read, long delivered) {
    return outbound
        .mark(conversation, user, read, delivered)
        .compose(
            marked -> {
              ErrorCode error = marked.error() == 0 ? null : ErrorCode.of(marked.error());
              return error == null
                  ? Future.succeededFuture(marked)
                  : Future.failedFuture(new HubbubException(error, null));
            });
  }

  /** Tells that a user types, or no longer does; nobody is told when it gets lost. */
  public void typing(UUID conversation, String user, boolean on) {
    String home = homes.of(conversation);
    if (home != null && links.waitingBytes(home) < options.waitingBytes() / 8) {
      links.offer(home, new Typing(conversation, user, on));
    }
  }

  /** Says that there is, or no longer is, somebody here for a conversation. */
  public void interest(UUID conversation, boolean on) {
    interest.set(conversation, on);
  }

  /** Asks a history node, the one of this process where there is one. */
  public <T> Future<T> ask(Query query, Class<T> answer) {
    return questions.ask(query, answer);
  }

  /** The way to the homes of users. */
  public UserHub users() {
    return users;
  }

  /** How many commands and marks wait for an answer. */
  public int waiting() {
    return outbound.size();
  }

  /** Stops listening. */
  public Future<Void> close() {
    try {
      viewing.close();
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
    vertx.cancelTimer(timer);
    links.closeAll();
    users.close();
    return registration.close();
  }

  private void see(View view) {
    links.keep(view);
    inbox.forget(node -> !view.has(node));
    watch.meet(view);
    route();
    interest.moveTo(Homes.of(view, Role.HISTORY));
    users.see(view);
  }

  private boolean silent(String home) {
    return watch.isSilent(home);
  }

  /**
   * Commands go round homes that are silent, unless all are: any history node can do the work.
   * Interest stays where it is, so that the home knows whom to tell when it answers again.
   */
  private void route() {
    View view = views.current();
    View answering = view.without(this::silent);
    boolean any = !answering.with(Role.HISTORY).isEmpty();
    if (any) {
      view.nodes().stream().map(Node::id).filter(this::silent).forEach(links::restart);
    }
    homes = Homes.of(any ? answering : view, Role.HISTORY);
    outbound.moveTo(homes);
    if (any != reachable) {
      reachable = any;
      listener.reachable(any);
    }
  }

  private void tick() {
    outbound.expire();
    watch.ask(views.current());
    users.tick();
  }

  private void hear(Message<Object> message) {
    Object body = message.body();
    if (body instanceof LinkBatch batch && batch.lane().equals(Link.PRESENCE)) {
      users.receive(message, batch);
    } else if (body instanceof LinkBatch batch) {
      inbox.receive(message, batch);
    } else if (body instanceof Nudge) {
      listener.nudged();
    } else if (body instanceof Query query) {
      listener.asked(message, query);
    }
  }

  private void take(LinkBatch batch, boolean anew, Runnable done) {
    if (anew) {
      outbound.resend(batch.from());
      interest.tellAll(batch.from());
    }
    for (Item item : batch.items()) {
      try {
        take(item);
      } catch (RuntimeException e) {
        // It would be sent again and again, and all that follows would wait for it.
        LOG.error("Cannot take {}", item.getClass().getSimpleName(), e);
      }
    }
    listener.settle(done);
  }

  private void take(Item item) {
    if (item instanceof Acked acked) {
      outbound.answered(acked.id(), acked);
    } else if (item instanceof Delivered delivered) {
      take(delivered);
    } else if (item instanceof Known known) {
      listener.known(known.conversation(), known.head(), known.answer(), known.members());
    } else if (item instanceof Marked marked) {
      outbound.answered(marked.id(), marked);
    } else if (item instanceof ReadMoved moved) {
      listener.read(moved);
    } else if (item instanceof Typing typing) {
      listener.typing(typing);
    } else if (item instanceof Append || item instanceof Mark) {
      throw new IllegalStateException("a command came to an edge: " + item);
    }
  }

  /**
   * Entries of another log may carry just the numbers that a follower waits for. Where it is the
   * home that does not know yet, a page tells what they are.
   */
  private void take(Delivered delivered) {
    if (epoch.isEmpty()) {
      heard(delivered.epoch());
    }
    UUID conversation = delivered.conversation();
    List<Entry> entries = delivered.entries();
    if (delivered.epoch().equals(epoch)) {
      listener.entries(conversation, entries, delivered.members());
    } else if (!entries.isEmpty()) {
      strange.increment();
      listener.known(conversation, entries.get(entries.size() - 1).seq());
    }
  }

  /**
   * Homes find out one after the other that the log went back, so one that names another epoch may
   * be the last to know: two reports running must name it.
   */
  private void heard(String now) {
    boolean again = now.equals(heardEpoch);
    heardEpoch = now;
    if (again || epoch.isEmpty()) {
      epoch = now;
      listener.epoch(now);
    }
  }

  /** What the watch over the homes finds, and what follows. */
  private final class Findings implements HomeWatch.Findings {
    @Override
    public boolean agrees(String home, DigestReply reply, long askedNanos) {
      if (reply.now() > 0) {
        clock.set(reply.now(), askedNanos);
      }
      if (reply.able()) {
        heard(reply.epoch()); // Who has lost the database may be the last to know.
      }
      if (reply.unheard()) {
        LOG.warn("The cluster has lost the address of this node: registering it again");
        registration.again();
      }
      if (reply.incarnation() != inbox.incarnation(home, Link.DELIVERIES)) {
        // With a link that was given up, answers have gone, those to interest too.
        if (links.waitingBytes(home) <= options.waitingBytes()) {
          outbound.resend(home); // Else it has copies enough: they would only pile up.
        }
        return !links.idle(home);
      }
      return reply.same() || !links.idle(home);
    }

    @Override
    public void heads(String of, Map<UUID, Long> heads) {
      if (of.equals(epoch)) {
        heads.forEach(listener::known);
      }
    }

    @Override
    public void differs(String home) {
      interest.tellAll(home);
    }

    @Override
    public void silent(String home) {
      interest.askElsewhere(home);
    }

    @Override
    public void turned(String home, boolean silent) {
      route();
      if (!silent) {
        interest.tellAll(home);
      }
    }
  }
}
