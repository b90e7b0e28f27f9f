package io.hubbub.history.db;

import io.hubbub.api.log.ErrorCode;
import io.hubbub.api.log.HubbubException;
import io.hubbub.api.query.CheckToken;
import io.hubbub.api.query.Circle;
import io.hubbub.api.query.Followed;
import io.hubbub.api.query.FriendsOf;
import io.hubbub.api.query.Open;
import io.hubbub.api.query.Opened;
import io.hubbub.api.query.Rows;
import io.hubbub.history.db.Together.Asked;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Opens sessions. Those that come together are opened together, as everybody comes back at once
 * after an outage: a few statements for all of them, not for each. Safe from any thread.
 */
final class Openings {
  private final Accounts accounts;
  private final UserRows rows;
  private final Rooms rooms;
  private final Friends friends;
  private final Together<Open, Opened> together;

  Openings(Accounts accounts, UserRows rows, Rooms rooms, Friends friends, QueryOptions options) {
    this.accounts = accounts;
    this.rows = rows;
    this.rooms = rooms;
    this.friends = friends;
    this.together =
        new Together<>(
            options.openBatches(), options.openAtOnce(), options.openWaiting(), this::opened);
  }

  /** What {@link Open} asks for. */
  Future<Opened> open(Open question) {
    return together.ask(question);
  }

  private Future<Void> opened(List<Asked<Open, Opened>> batch) {
    // Accounts are locked on the way: by everybody in the same order.
    List<Asked<Open, Opened>> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparing(asked -> asked.question().user()));
    return accounts
        .check(sorted.stream().map(asked -> token(asked.question())).toList())
        .compose(checked -> read(good(sorted, checked), checked.moment()));
  }

  private static CheckToken token(Open open) {
    return new CheckToken(open.user(), open.name(), open.admin(), open.version(), open.family());
  }

  private static List<Asked<Open, Opened>> good(
      List<Asked<Open, Opened>> batch, Accounts.Checked checked) {
    List<Asked<Open, Opened>> good = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      if (checked.good().get(i)) {
        good.add(batch.get(i));
      } else {
        batch.get(i).answer().tryFail(new HubbubException(ErrorCode.TOKEN_REVOKED, null));
      }
    }
    return good;
  }

  /** The moment was read before, so what changes meanwhile repeats. */
  private Future<Void> read(List<Asked<Open, Opened>> batch, Moment moment) {
    List<Open> opens = batch.stream().map(Asked::question).toList();
    List<UserRows.Reading> readings =
        opens.stream()
            .map(open -> rows.reading(open.user(), open.cursor(), open.limit(), moment))
            .toList();
    Future<List<Rows>> found = rows.read(readings);
    Future<List<List<Followed>>> followed =
        found.compose(pages -> followed(opens, readings, pages));
    Future<List<Map<UUID, Long>>> times = rooms.times(opens.stream().map(Open::held).toList());
    Future<List<Circle>> circles =
        friends.circles(
            opens.stream().map(open -> new FriendsOf(open.user(), open.friends())).toList());
    return Future.all(found, followed, times, circles)
        .map(
            done -> {
              for (int i = 0; i < batch.size(); i++) {
                Opened opened =
                    new Opened(
                        moment.epoch(),
                        found.result().get(i),
                        followed.result().get(i),
                        times.result().get(i),
                        circles.result().get(i));
                batch.get(i).answer().tryComplete(opened);
              }
              return null;
            });
  }

  /** Who was given all conversations follows those; only the others' are read. */
  private Future<List<List<Followed>>> followed(
      List<Open> opens, List<UserRows.Reading> readings, List<Rows> pages) {
    List<UserRows.Follower> others = new ArrayList<>();
    for (int i = 0; i < opens.size(); i++) {
      if (!isWhole(opens.get(i), readings.get(i), pages.get(i))) {
        others.add(new UserRows.Follower(opens.get(i).user(), opens.get(i).follow()));
      }
    }
    return rows.followed(others)
        .map(
            read -> {
              List<List<Followed>> all = new ArrayList<>();
              int next = 0;
              for (int i = 0; i < opens.size(); i++) {
                Rows page = pages.get(i);
                all.add(
                    isWhole(opens.get(i), readings.get(i), page)
                        ? page.rows().stream()
                            .map(row -> new Followed(row.id(), row.head()))
                            .toList()
                        : read.get(next++));
              }
              return all;
            });
  }

  private static boolean isWhole(Open open, UserRows.Reading reading, Rows page) {
    return reading.cursor().isBeginning() && !page.more() && page.rows().size() <= open.follow();
  }
}
