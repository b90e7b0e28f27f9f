package io.hubbub.examples.push;

import io.hubbub.api.client.HubbubClient;
import io.hubbub.examples.ServiceProcess;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a user's webhook of messages that have been unread for some time while the user was away:
 * offline, or invisible. It watches the presence of all users who have a webhook, and looks again
 * and again at what changed in the conversations of those who are away. So whatever is pushed, also
 * at a second attempt, was unread just before. It keeps nothing: when it is started again, what is
 * unread then is pushed once more. Confined to the client's context.
 */
public final class PushService {
  private static final Logger LOG = LoggerFactory.getLogger(PushService.class);

  private final Map<String, URI> webhooks;
  private final PushLimits limits;
  private final Vertx vertx;
  private final HubbubClient client;
  private final Unread unread;
  private final Poster poster;
  private final Map<String, String> cursors = new HashMap<>();
  private final Promise<Void> ended = Promise.promise();
  private String epoch;
  private long answered = now();
  private int inFlight;

  private PushService(PushOptions options, Vertx vertx, HubbubClient client) {
    this.webhooks = options.webhooks();
    this.limits = options.limits();
    this.vertx = vertx;
    this.client = client;
    this.unread = new Unread(webhooks.keySet(), limits, new SplittableRandom());
    this.poster = new Poster(vertx, limits);
    this.epoch = client.epoch();
  }

  /** Runs until it is stopped; exits with 1 when it can't go on, to be started again. */
  public static void main(String[] arguments) {
    PushOptions options;
    try {
      options = PushOptions.of(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + PushOptions.USAGE);
      System.exit(1);
      return;
    }
    ServiceProcess.run(
        options.service(),
        options.user(),
        (vertx, client) -> new PushService(options, vertx, client).run());
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  /** Ends in a failure only. */
  private Future<Void> run() {
    client.watch(
        webhooks.keySet(),
        presence -> unread.seen(presence.user(), presence.status().visible(), now()));
    LOG.info("Pushes to {} users what is unread for {} ms", webhooks.size(), limits.afterMillis());
    look();
    return ended.future();
  }

  /** Looks at all who are away, some at a time, and after a pause again. */
  private void look() {
    if (!epoch.equals(client.epoch())) {
      // Numbers of another log, a restored backup say, mean nothing in this one.
      epoch = client.epoch();
      unread.clear();
      cursors.clear();
    }
    Iterator<String> away = unread.away().iterator();
    List<Future<Void>> looks = new ArrayList<>();
    for (int i = 0; i < limits.asking(); i++) {
      Promise<Void> looked = Promise.promise();
      looks.add(looked.future());
      lookAtNext(away, looked);
    }
    Future.join(looks)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                answered = now();
              } else {
                LOG.warn("Can't look at everybody: {}", done.cause().toString());
              }
              if (now() - answered > limits.silenceMillis()) {
                ended.fail(done.cause());
              } else {
                vertx.setTimer(limits.everyMillis(), later -> look());
              }
            });
  }

  private void lookAtNext(Iterator<String> users, Promise<Void> looked) {
    if (!users.hasNext()) {
      looked.complete();
      return;
    }
    String user = users.next();
    lookAt(user)
        .onComplete(
            done -> {
              if (done.succeeded()) {
                answered = now();
                unread.due(user, limits.inFlight() - inFlight, now()).forEach(this::push);
                lookAtNext(users, looked);
              } else {
                // The next would most likely fail too: nothing more before the pause.
                looked.fail(done.cause());
              }
            });
  }

  /** Takes in what has changed in a user's conversations since the last look, all pages of it. */
  private Future<Void> lookAt(String user) {
    return client
        .conversationsOf(user, cursors.get(user))
        .compose(
            page -> {
              cursors.put(user, page.cursor());
              page.rows().forEach(row -> unread.row(user, row, now()));
              return page.more() ? lookAt(user) : Future.succeededFuture();
            });
  }

  private void push(Push push) {
    inFlight++;
    URI hook = Objects.requireNonNull(webhooks.get(push.user()));
    poster
        .post(hook, push.json())
        .onSuccess(
            answer -> {
              inFlight--;
              switch (answer.outcome()) {
                case TAKEN -> LOG.debug("Pushed {}", push);
                case FAILED -> {
                  boolean again = unread.failed(push, now());
                  LOG.warn("{} failed ({}){}", push, answer.why(), again ? ", goes again" : "");
                }
                case REFUSED -> {
                  unread.refused(push);
                  LOG.warn("{} was refused ({})", push, answer.why());
                }
                case GONE -> {
                  unread.forget(push.user());
                  LOG.warn("Nothing more goes to {} ({})", push.user(), answer.why());
                }
              }
            });
  }
}
