package io.hubbub.system.soak;

import io.hubbub.system.client.ChatClient;
import io.hubbub.system.client.ChatException;
import io.hubbub.system.client.Chatter;
import io.hubbub.system.client.Chatter.Done;
import io.hubbub.system.client.Checker;
import io.hubbub.system.client.Transcript;
import io.hubbub.system.harness.Await;
import io.hubbub.system.harness.Cluster;
import io.hubbub.system.soak.Fault.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** People who talk in fresh rooms while one thing goes wrong, and the verdict on what they saw. */
final class Round {

  private static final int ROOMS = 12;

  private static final int TALKERS = 6;
  private static final double RATE = 120;
  private static final long ONCE_EVERY_MILLIS = 50;
  private static final Duration RECOVERED = Duration.ofSeconds(40);
  private static final int ATTEMPTS = 20;
  private static final Duration LEVEL = Duration.ofSeconds(30);
  private static final Duration SEEN = Duration.ofSeconds(10);

  /** What a sender is told within, and the deadline of what it sent: nothing comes later. */
  private static final long LATE_MILLIS = 25_000;

  private final Cluster cluster;
  private final String name;
  private final Random random;
  private final List<String> wrong = new ArrayList<>();
  private final List<String> rooms = new ArrayList<>();
  private final List<ChatClient> talkers = new ArrayList<>();
  private final List<ChatClient> readers = new ArrayList<>();
  private final List<OneShots> shots = new ArrayList<>();
  private final Moments moments = new Moments();

  Round(Cluster cluster, String name, Random random) {
    this.cluster = cluster;
    this.name = name;
    this.random = random;
  }

  /** Lets it happen; what was wrong, nothing if all is well. */
  List<String> run(Fault fault) throws Exception {
    people();
    ChatClient visitor = cluster.online(name + "-guest", random.nextInt(cluster.size()));
    String owner = talkers.get(0).user();
    try (Chatter chatter = Chatter.start(talkers, rooms, RATE);
        Guest guest = Guest.start(cluster, owner, visitor, rooms, random)) {
      for (int i = 0; i < cluster.size(); i++) {
        shots.add(OneShots.start(cluster.online(name + "-once" + i, i), rooms, ONCE_EVERY_MILLIS));
      }
      Await.until("talk has begun", () -> chatter.done().size() > RATE);
      fault.act().happen(cluster, random, moments);
      long over = System.nanoTime();
      long took = recovered(chatter, over);
      shots.forEach(OneShots::stop);
      guest.stop();
      stop(chatter);
      judge(fault, chatter, guest);
      System.out.printf(
          "%s: %s: %d acknowledged, sends succeed everywhere %d ms after it was over, %s%n",
          name, fault.name(), chatter.done().size(), took, wrong.isEmpty() ? "fine" : "WRONG");
    } finally {
      shots.forEach(OneShots::stop);
      cluster.closeClients();
    }
    return wrong;
  }

  private void people() throws Exception {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < TALKERS; i++) {
      users.add(name + "-t" + i);
    }
    for (int i = 0; i < cluster.size(); i++) {
      users.add(name + "-r" + i);
    }
    for (int i = 0; i < cluster.size(); i++) {
      users.add(name + "-once" + i);
    }
    users.add(name + "-guest");
    rooms.addAll(cluster.rooms(name, ROOMS, users.get(0), users));
    for (int i = 0; i < TALKERS; i++) {
      talkers.add(cluster.online(name + "-t" + i, i % cluster.size()));
    }
    for (int i = 0; i < cluster.size(); i++) {
      readers.add(cluster.online(name + "-r" + i, i));
    }
  }

  /** How long after a moment what was said then was acknowledged for all, everywhere. */
  private long recovered(Chatter chatter, long moment) throws Exception {
    try {
      Await.until(
          "sends succeed everywhere",
          RECOVERED,
          () -> answeredSince(chatter, moment).size() == TALKERS * rooms.size());
    } catch (AssertionError e) {
      wrong.add(
          "only "
              + answeredSince(chatter, moment).size()
              + " of "
              + TALKERS * rooms.size()
              + " talkers in rooms were answered "
              + RECOVERED.toSeconds()
              + " s after it was over");
    }
    return (System.nanoTime() - moment) / 1_000_000;
  }

  private static Set<String> answeredSince(Chatter chatter, long moment) {
    return chatter.done().stream()
        .filter(done -> done.said() > moment)
        .map(done -> done.room() + done.ack().from())
        .collect(Collectors.toSet());
  }

  private void stop(Chatter chatter) throws Exception {
    try {
      chatter.stop(Await.PATIENCE);
    } catch (TimeoutException e) {
      wrong.add("some messages have no final answer");
    }
    chatter.refused().forEach(failure -> wrong.add("a member was refused: " + failure));
  }

  private void judge(Fault fault, Chatter chatter, Guest guest) throws Exception {
    List<ChatClient> all = new ArrayList<>(talkers);
    all.addAll(readers);
    boolean back = fault.has(Effect.LOG_GOES_BACK);
    if (back) {
      awaitEpoch(all);
    }
    long until = System.nanoTime() + LEVEL.toNanos();
    for (String room : rooms) {
      Transcript history = history(room);
      Checker checker = new Checker(history).rights().times();
      checker.acknowledged(
          chatter.done().stream()
              .filter(done -> done.room().equals(room) && !moments.mayBeLost(done.answered()))
              .map(Done::ack)
              .toList());
      for (ChatClient client : all) {
        level(client, room, history.end(), until);
        checker.saw(client.transcript(room)).sent(client.user(), chatter.keys(room, client.user()));
        repeats(client, room);
        if (!back && !client.events("reset", room).isEmpty()) {
          wrong.add(client.user() + " was told reset in " + room + ", and the log never went back");
        }
      }
      if (!back) {
        checker.refused(guest.client().user(), guest.refused(room));
        if (!fault.has(Effect.TIMES_DIFFER)) {
          long epoch = System.nanoTime() - System.currentTimeMillis() * 1_000_000;
          ChatClient visitor = guest.client();
          wrong.addAll(Leaks.found(visitor.user(), room, visitor.events(), history, epoch));
        }
      }
      if (!fault.has(Effect.WORK_WAITS)) {
        for (int i = 0; i < shots.size(); i++) {
          if (!moments.wasPaused(i)) {
            checker.late(shots.get(i).user(), shots.get(i).said(room), LATE_MILLIS);
          }
        }
      }
      wrong.addAll(checker.violations());
    }
    if (fault.has(Effect.READERS_SEE)) {
      readers.forEach(reader -> wrong.addAll(Sight.late(reader, chatter.done(), SEEN)));
    }
  }

  /** Everybody comes back and is told what is no more: until then they hold a former log. */
  private void awaitEpoch(List<ChatClient> all) throws Exception {
    String epoch = cluster.sql("SELECT epoch FROM meta");
    for (ChatClient client : all) {
      try {
        Await.until(
            "told",
            LEVEL,
            () -> client.online() && epoch.equals(client.welcome().getString("epoch")));
      } catch (AssertionError e) {
        wrong.add(client.user() + " was not told that the log went back");
      }
    }
  }

  /** Whoever is asked may just be coming back, as all do when the log went back. */
  private Transcript history(String room) throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return talkers.get(0).history(room);
      } catch (ChatException e) {
        if (!e.temporary() || attempt == ATTEMPTS) {
          throw e;
        }
        Await.until("back", talkers.get(0)::online);
      }
    }
  }

  private void level(ChatClient client, String room, long head, long until) throws Exception {
    try {
      Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
      Await.until("level", left, () -> client.tail(room) >= head);
    } catch (AssertionError e) {
      wrong.add(client.user() + " stays at " + client.tail(room) + " of " + head + " in " + room);
    }
  }

  private void repeats(ChatClient client, String room) {
    if (client.repeats(room) > 0 || client.jumps(room) > 0) {
      wrong.add(
          client.user()
              + " was sent "
              + client.repeats(room)
              + " entries twice and "
              + client.jumps(room)
              + " with something missing before them in "
              + room);
    }
  }
}
